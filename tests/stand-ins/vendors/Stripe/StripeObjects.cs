using System.Globalization;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vendors.Stripe;

/// <summary>What is in the account. Not for several threads at a time.</summary>
internal sealed class StripeObjects
{
    private const int DefaultPage = 10;
    private const int MaxPage = 100;

    private readonly List<JsonObject> _all = [];

    /// <summary>How many there are of a kind.</summary>
    public int Count(string kind) => _all.Count(made => Text(made, "object") == kind);

    /// <summary>One by its id; null when there is none.</summary>
    public JsonObject? Find(string kind, string? id) => _all.Find(made => Text(made, "object") == kind && Text(made, "id") == id);

    /// <summary>Makes one, with those of the fields that it keeps as they came.</summary>
    public JsonObject Make(string kind, string prefix, StripeFields fields, params string[] kept)
    {
        var made = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{prefix}{_all.Count + 1:D8}"),
            ["object"] = kind,
            ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["livemode"] = false,
        };
        foreach (string name in kept)
        {
            made[name] = fields[name];
        }

        made["metadata"] = new JsonObject(fields.Members("metadata").Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        _all.Add(made);
        return made;
    }

    /// <summary>A page of those of a kind, the newest first.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="query">The page and the filters.</param>
    /// <param name="filters">The members that may be filtered by.</param>
    public StripeAnswer List(string kind, StripeFields query, params string[] filters)
    {
        if (query.Judge(["limit", "starting_after", "created", .. filters]) is { } bad)
        {
            return bad;
        }

        long limit = query.Number("limit") ?? DefaultPage;
        if (limit is < 1 or > MaxPage)
        {
            return StripeAnswer.Invalid($"This value must be between 1 and {MaxPage}.", "limit", "parameter_invalid_integer");
        }

        int end = _all.Count;
        if (query["starting_after"] is { } after)
        {
            end = _all.FindIndex(made => Text(made, "object") == kind && Text(made, "id") == after);
            if (end < 0)
            {
                return StripeAnswer.Missing(kind, after, "starting_after");
            }
        }

        JsonObject[] rest =
        [
            .. _all.Take(end).Reverse()
                .Where(made => Text(made, "object") == kind && filters.All(name => query[name] is not { } wanted || Text(made, name) == wanted))
                .Where(made => IsWithin(made["created"]!.GetValue<long>(), query)),
        ];
        return StripeAnswer.Of(new JsonObject
        {
            ["object"] = "list",
            ["has_more"] = rest.Length > limit,
            ["data"] = new JsonArray([.. rest.Take((int)limit).Select(static made => made.DeepClone())]),
        });
    }

    /// <summary>A text of an object.</summary>
    public static string? Text(JsonObject made, string name) => made[name]?.GetValue<string>();

    private static bool IsWithin(long created, StripeFields query) =>
        !(created < query.Number("created[gte]")) && !(created >= query.Number("created[lt]"));
}
