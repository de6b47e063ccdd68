using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Admin.Problems;
using DotMac.Plugins.Contract.References;

namespace DotMac.Admin.Config;

/// <summary>
/// The names of a config's fields: in schemas as their authors wrote them (<c>accountSid</c>), in the guide with underscores (<c>account_sid</c>). Only
/// names that the schema knows are rewritten; the keys of a map are the user's own. Pure.
/// </summary>
internal static class ConfigNames
{
    private const int Deepest = 64;

    /// <summary>A config with the schema's names, from one with either.</summary>
    /// <param name="config">The config.</param>
    /// <param name="schema">Its schema; null leaves all names as they are.</param>
    /// <param name="errors">Told of a field that is there under both names.</param>
    public static JsonNode? ToSchema(JsonElement config, JsonElement? schema, ICollection<FieldError> errors) =>
        Rename(config, schema, schema, JsonPointer.Root, 0, static (properties, name) => Known(properties, name), errors);

    /// <summary>A config with the guide's names.</summary>
    /// <param name="config">The config, with the schema's names.</param>
    /// <param name="schema">Its schema; null leaves all names as they are.</param>
    public static JsonNode? ToGuide(JsonElement config, JsonElement? schema) =>
        Rename(config, schema, schema, JsonPointer.Root, 0, static (properties, name) => properties.Contains(name) ? Snake(name) : name, []);

    /// <summary>A pointer into a config with the guide's names, from one with the schema's.</summary>
    /// <param name="pointer">The pointer, relative to the config.</param>
    /// <param name="schema">The schema; null leaves it as it is.</param>
    public static string PointerToGuide(string pointer, JsonElement? schema)
    {
        if (schema is null || pointer.Length == 0)
        {
            return pointer;
        }

        var (guide, here) = (new StringBuilder(), schema);
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var isIndex = name.Length > 0 && name.All(char.IsAsciiDigit) && SchemaWalk.Properties(here, schema).Count == 0;
            guide.Append('/').Append(SchemaWalk.Properties(here, schema).Contains(name) ? JsonPointer.Escape(Snake(name)) : token);
            here = isIndex ? SchemaWalk.Item(here, schema) : SchemaWalk.Member(here, schema, name);
        }

        return guide.ToString();
    }

    /// <summary><c>accountSid</c> as <c>account_sid</c>.</summary>
    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string Known(IReadOnlySet<string> properties, string name) =>
        properties.Contains(name) ? name : properties.FirstOrDefault(property => Snake(property) == name) ?? name;

    private static JsonNode? Rename(
        JsonElement value, JsonElement? schema, JsonElement? root, string pointer, int depth, Func<IReadOnlySet<string>, string, string> name, ICollection<FieldError> errors)
    {
        if (depth > Deepest)
        {
            return JsonNode.Parse(value.GetRawText());
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = SchemaWalk.Properties(schema, root);
                var map = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    var (named, place) = (name(properties, member.Name), JsonPointer.Append(pointer, member.Name));
                    var renamed = Rename(member.Value, SchemaWalk.Member(schema, root, named) ?? SchemaWalk.Member(schema, root, member.Name), root, place, depth + 1, name, errors);
                    if (!map.TryAdd(named, renamed))
                    {
                        errors.Add(new FieldError(place, $"is there twice, as {named} too; leave one of them out"));
                    }
                }

                return map;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in value.EnumerateArray())
                {
                    list.Add(Rename(item, SchemaWalk.Item(schema, root), root, JsonPointer.Append(pointer, list.Count), depth + 1, name, errors));
                }

                return list;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }
}
