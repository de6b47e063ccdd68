using System.Globalization;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vendors.HubSpot;

/// <summary>A search, judged and done.</summary>
internal static class HubSpotQuery
{
    private const int MaxGroups = 5;
    private const int MaxFiltersOfGroup = 6;
    private const int MaxFilters = 18;
    private const int MaxLimit = 200;

    /// <summary>Searches.</summary>
    public static JsonObject Find(JsonObject body, HubSpotProperties rules, IEnumerable<HubSpotRecord> records)
    {
        JsonArray groups = body["filterGroups"] as JsonArray ?? [];
        if (groups.Count > MaxGroups || groups.Any(static group => Filters(group).Count > MaxFiltersOfGroup) || groups.Sum(static group => Filters(group).Count) > MaxFilters)
        {
            throw HubSpotRefusal.Invalid("Too many filters.", "filterGroups");
        }

        int limit = body["limit"]?.GetValue<int>() ?? 10;
        if (limit is < 1 or > MaxLimit)
        {
            throw HubSpotRefusal.Invalid($"limit must be between 1 and {MaxLimit}.", "limit");
        }

        if (!int.TryParse(body["after"]?.GetValue<string>() ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out int after))
        {
            throw HubSpotRefusal.Invalid("after must be a number.", "after");
        }

        Judge(groups, rules);
        string? text = body["query"]?.GetValue<string>();
        HubSpotRecord[] found =
        [
            .. Sorted(
                records.Where(record => (groups.Count == 0 || groups.Any(group => Filters(group).All(filter => Fits(record, filter!.AsObject()))))
                    && (text is null || rules.Usual.Any(name => record[name]?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false))),
                body["sorts"] as JsonArray,
                rules),
        ];
        string[]? asked = (body["properties"] as JsonArray)?.Select(static name => name!.GetValue<string>()).ToArray();
        var answer = new JsonObject
        {
            ["total"] = found.Length,
            ["results"] = new JsonArray([.. found.Skip(after).Take(limit).Select(record => record.Json(asked))]),
        };
        if (found.Length > after + limit)
        {
            string next = (after + limit).ToString(CultureInfo.InvariantCulture);
            answer["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = next, ["link"] = $"?after={next}" } };
        }

        return answer;
    }

    private static JsonArray Filters(JsonNode? group) => group?["filters"] as JsonArray ?? [];

    private static void Judge(JsonArray groups, HubSpotProperties rules)
    {
        for (int group = 0; group < groups.Count; group++)
        {
            JsonArray filters = Filters(groups[group]);
            for (int filter = 0; filter < filters.Count; filter++)
            {
                string place = $"filterGroups[{group}].filters[{filter}]";
                JsonObject one = filters[filter]!.AsObject();
                string name = one["propertyName"]?.GetValue<string>() ?? throw HubSpotRefusal.Invalid("propertyName is required.", place);
                if (!rules.Knows(name))
                {
                    throw new HubSpotRefusal(400, "VALIDATION_ERROR", "There was a problem with the request.")
                    {
                        More = new JsonObject
                        {
                            ["errors"] = new JsonArray(new JsonObject
                            {
                                ["message"] = $"Property \"{name}\" does not exist",
                                ["code"] = "PROPERTY_DOESNT_EXIST",
                                ["context"] = new JsonObject { ["propertyName"] = new JsonArray(name) },
                            }),
                        },
                    };
                }

                if (name == "amount" && one["value"]?.GetValue<string>() is { } amount && !double.TryParse(amount, CultureInfo.InvariantCulture, out _))
                {
                    throw HubSpotRefusal.Invalid($"{amount} is not a number.", $"{place}.value");
                }
            }
        }
    }

    private static bool Fits(HubSpotRecord record, JsonObject filter)
    {
        string? has = record[filter["propertyName"]!.GetValue<string>()];
        string? value = filter["value"]?.GetValue<string>();
        string[] values = (filter["values"] as JsonArray)?.Select(static one => one!.GetValue<string>()).ToArray() ?? [];
        return filter["operator"]?.GetValue<string>() switch
        {
            "EQ" => Compare(has, value) == 0,
            "NEQ" => Compare(has, value) != 0,
            "LT" => has is not null && Compare(has, value) < 0,
            "LTE" => has is not null && Compare(has, value) <= 0,
            "GT" => has is not null && Compare(has, value) > 0,
            "GTE" => has is not null && Compare(has, value) >= 0,
            "BETWEEN" => has is not null && Compare(has, value) >= 0 && Compare(has, filter["highValue"]?.GetValue<string>()) <= 0,
            "IN" => values.Contains(has),
            "NOT_IN" => !values.Contains(has),
            "HAS_PROPERTY" => has is not null,
            "NOT_HAS_PROPERTY" => has is null,
            "CONTAINS_TOKEN" => Contains(has, value),
            "NOT_CONTAINS_TOKEN" => !Contains(has, value),
            _ => throw HubSpotRefusal.Invalid("Invalid operator.", "filterGroups"),
        };
    }

    private static bool Contains(string? has, string? token) => has?.Contains(token?.Trim('*') ?? "", StringComparison.OrdinalIgnoreCase) ?? false;

    private static int Compare(string? one, string? other) =>
        double.TryParse(one, CultureInfo.InvariantCulture, out double left) && double.TryParse(other, CultureInfo.InvariantCulture, out double right)
            ? left.CompareTo(right)
            : string.Compare(one, other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<HubSpotRecord> Sorted(IEnumerable<HubSpotRecord> records, JsonArray? sorts, HubSpotProperties rules)
    {
        if (sorts is not { Count: > 0 })
        {
            return records;
        }

        string name = sorts[0]!["propertyName"]!.GetValue<string>();
        if (sorts.Count > 1 || !rules.Knows(name))
        {
            throw HubSpotRefusal.Invalid($"Property \"{name}\" does not exist", "sorts");
        }

        var byValue = Comparer<string?>.Create(Compare);
        return sorts[0]!["direction"]?.GetValue<string>() == "DESCENDING" ? records.OrderByDescending(record => record[name], byValue) : records.OrderBy(record => record[name], byValue);
    }
}
