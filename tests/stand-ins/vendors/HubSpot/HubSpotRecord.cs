using System.Globalization;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vendors.HubSpot;

/// <summary>An object of the account.</summary>
internal sealed class HubSpotRecord(long id, HubSpotProperties rules)
{
    private readonly DateTimeOffset _created = DateTimeOffset.UtcNow;
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);
    private DateTimeOffset _changed = DateTimeOffset.UtcNow;

    /// <summary>Its id.</summary>
    public string Id { get; } = id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A property's value; null when it is empty.</summary>
    public string? this[string name] =>
        name == "hs_object_id" ? Id
        : name == "createdate" ? Text(_created)
        : name == rules.ChangedProperty ? Text(_changed)
        : _properties.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Writes properties.</summary>
    public void Write(IReadOnlyDictionary<string, string> properties)
    {
        _changed = DateTimeOffset.UtcNow;
        foreach ((string name, string value) in properties)
        {
            _properties[name] = value;
        }
    }

    /// <summary>The object in an answer.</summary>
    /// <param name="asked">The properties that were asked for; null: the usual ones.</param>
    public JsonObject Json(IEnumerable<string>? asked = null)
    {
        var properties = new JsonObject();
        foreach (string name in (asked ?? [.. rules.Usual, .. _properties.Keys]).Concat(["hs_object_id", "createdate", rules.ChangedProperty]).Distinct().Where(rules.Knows))
        {
            properties[name] = this[name];
        }

        return new JsonObject { ["id"] = Id, ["properties"] = properties, ["createdAt"] = Text(_created), ["updatedAt"] = Text(_changed), ["archived"] = false };
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
