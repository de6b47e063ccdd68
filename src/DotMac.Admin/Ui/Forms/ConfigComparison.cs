using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Admin.Ui.Forms;

/// <summary>Tells what is changed in a configuration, without telling secrets. Pure.</summary>
internal static class ConfigComparison
{
    /// <summary>The differences, in the order of their names.</summary>
    /// <param name="before">The configuration that is there; null for none.</param>
    /// <param name="after">The one that would be; null for none.</param>
    /// <param name="schema">Its schema; without one all values that could be secrets are masked.</param>
    public static IReadOnlyList<ConfigDifference> Of(JsonElement? before, JsonElement? after, JsonElement? schema)
    {
        var (then, now) = (Leaves(before, schema), Leaves(after, schema));
        return
        [
            .. then.Keys.Union(now.Keys)
                .Order(StringComparer.Ordinal)
                .Select(field => (Field: field, Then: then.GetValueOrDefault(field), Now: now.GetValueOrDefault(field)))
                .Where(static pair => pair.Then.Value != pair.Now.Value)
                .Select(static pair => new ConfigDifference(pair.Field, pair.Then.Shown, pair.Now.Shown == ConfigMask.Masked ? Strings.DiffNewSecret : pair.Now.Shown)),
        ];
    }

    private static Dictionary<string, (string Value, string Shown)> Leaves(JsonElement? config, JsonElement? schema)
    {
        var leaves = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        if (config is { ValueKind: JsonValueKind.Object } given && ConfigMask.Of(given, schema) is { } masked)
        {
            Add(JsonNode.Parse(given.GetRawText()), masked, string.Empty, leaves);
        }

        return leaves;
    }

    private static void Add(JsonNode? value, JsonNode? shown, string path, Dictionary<string, (string Value, string Shown)> leaves)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map when shown is JsonObject masked:
                foreach (var (name, member) in map)
                {
                    Add(member, masked[name], path.Length == 0 ? name : $"{path}.{name}", leaves);
                }

                break;
            case JsonArray { Count: > 0 } list when shown is JsonArray masked:
                for (var i = 0; i < list.Count; i++)
                {
                    Add(list[i], masked[i], $"{path}[{i}]", leaves);
                }

                break;
            default:
                leaves[path] = (value?.ToJsonString() ?? "null", Text(shown));
                break;
        }
    }

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "null";
}
