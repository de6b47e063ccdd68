using System.Text.Json;

namespace DotMac.Admin.Config;

/// <summary>Finds the schema of a part of a config: through references inside the schema and its alternatives. Pure; made for any JSON.</summary>
internal static class SchemaWalk
{
    private const int MostFollowed = 64;
    private static readonly string[] Alternatives = ["allOf", "anyOf", "oneOf"];

    /// <summary>The names that a schema knows for the members of an object.</summary>
    public static IReadOnlySet<string> Properties(JsonElement? schema, JsonElement? root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in Applicable(schema, root))
        {
            if (Part(one, "properties") is { ValueKind: JsonValueKind.Object } properties)
            {
                names.UnionWith(properties.EnumerateObject().Select(static property => property.Name));
            }
        }

        return names;
    }

    /// <summary>The schema of a member; null when there is none.</summary>
    public static JsonElement? Member(JsonElement? schema, JsonElement? root, string name)
    {
        JsonElement? additional = null;
        foreach (var one in Applicable(schema, root))
        {
            if (Part(one, "properties") is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty(name, out var property))
            {
                return property;
            }

            additional ??= Part(one, "additionalProperties");
        }

        return additional;
    }

    /// <summary>The schema of the items of a list; null when there is none, or one a position.</summary>
    public static JsonElement? Item(JsonElement? schema, JsonElement? root) =>
        Applicable(schema, root).Select(static one => Part(one, "items")).FirstOrDefault(static items => items is { ValueKind: JsonValueKind.Object });

    private static JsonElement? Part(JsonElement schema, string name) => schema.TryGetProperty(name, out var part) ? part : null;

    /// <summary>A schema with all that applies to the same value: through references and alternatives, the schema itself first; empty when there is none.</summary>
    public static List<JsonElement> Applicable(JsonElement? schema, JsonElement? root)
    {
        var found = new List<JsonElement>();
        if (schema is { } first)
        {
            Expand(first, root, found);
        }

        return found;
    }

    /// <summary>A schema with all that holds in any case: through references and what must hold together, the schema itself first.</summary>
    public static List<JsonElement> Certain(JsonElement schema, JsonElement root)
    {
        var (found, open) = (new List<JsonElement>(), new Queue<JsonElement>([schema]));
        while (open.TryDequeue(out var next) && found.Count < MostFollowed)
        {
            if (next.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            found.Add(next);
            if (Part(next, "$ref") is { ValueKind: JsonValueKind.String } reference && Follow(root, reference.GetString()!) is { } target)
            {
                open.Enqueue(target);
            }

            if (Part(next, "allOf") is { ValueKind: JsonValueKind.Array } all)
            {
                foreach (var one in all.EnumerateArray())
                {
                    open.Enqueue(one);
                }
            }
        }

        return found;
    }

    private static void Expand(JsonElement schema, JsonElement? root, List<JsonElement> found)
    {
        if (schema.ValueKind != JsonValueKind.Object || found.Count >= MostFollowed)
        {
            return;
        }

        found.Add(schema);
        if (root is { } whole && Part(schema, "$ref") is { ValueKind: JsonValueKind.String } reference && Follow(whole, reference.GetString()!) is { } target)
        {
            Expand(target, root, found);
        }

        foreach (var alternative in Alternatives)
        {
            if (Part(schema, alternative) is { ValueKind: JsonValueKind.Array } several)
            {
                foreach (var one in several.EnumerateArray())
                {
                    Expand(one, root, found);
                }
            }
        }
    }

    private static JsonElement? Follow(JsonElement root, string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        var here = root;
        foreach (var token in reference.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(name, out here))
            {
                return null;
            }
        }

        return here;
    }
}
