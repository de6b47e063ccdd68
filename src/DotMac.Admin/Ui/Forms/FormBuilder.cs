using System.Text.Json;
using DotMac.Admin.Config;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Admin.Ui.Forms;

/// <summary>Makes a form of a configuration's schema. What it cannot make fields of is filled in as JSON, so that there is a form for every schema. Pure.</summary>
internal static class FormBuilder
{
    private const int Deepest = 6;
    private const int ShortText = 255;
    private static readonly string[] Several = ["anyOf", "oneOf"];

    /// <summary>The form of a schema: a group; one without fields when there is no schema.</summary>
    public static FormField Of(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } root
            ? Field(string.Empty, root, root, true, false, 0)
            : new FormField(string.Empty, FormKind.Json, string.Empty);

    /// <summary><c>accountSid</c> as "Account sid".</summary>
    public static string Humanize(string name)
    {
        var words = ConfigNames.Snake(name).Replace('_', ' ').Replace('-', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static FormField Field(string name, JsonElement schema, JsonElement root, bool isRequired, bool isSecret, int depth)
    {
        var parts = SchemaWalk.Applicable(schema, root);
        isSecret |= parts.Exists(static part => part.TryGetProperty(ConfigSchemaKeywords.Secret, out var flag) && flag.ValueKind == JsonValueKind.True);
        var kind = KindOf(name, parts, root, isSecret, depth);
        var field = new FormField(name, kind, Text(parts, "title") ?? Humanize(name))
        {
            Description = Text(parts, "description"),
            IsRequired = isRequired,
            Default = First(parts, "default") is { } value ? Shown(value) : null,
            Example = First(parts, "examples") is { ValueKind: JsonValueKind.Array } examples && examples.GetArrayLength() > 0 ? Shown(examples[0]) : null,
        };
        return kind switch
        {
            FormKind.Choice => field with { Choices = [.. First(parts, "enum")!.Value.EnumerateArray()] },
            FormKind.Group => field with { Fields = Fields(parts, root, isSecret, depth), OneOf = OneOf(parts) },
            FormKind.List => field with { Item = Field(string.Empty, First(parts, "items")!.Value, root, false, isSecret, depth + 1) },
            FormKind.Map => field with { Item = Field(string.Empty, Values(parts)!.Value, root, false, isSecret, depth + 1) with { IsRequired = false } },
            _ => field,
        };
    }

    private static FormKind KindOf(string name, List<JsonElement> parts, JsonElement root, bool isSecret, int depth)
    {
        var type = First(parts, "type") switch
        {
            { ValueKind: JsonValueKind.String } one => one.GetString(),
            { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(static t => t.GetString()).FirstOrDefault(static t => t != "null"),
            _ => First(parts, "properties") is not null ? "object" : null,
        };
        if (depth > Deepest && type is "object" or "array")
        {
            return FormKind.Json;
        }

        return type switch
        {
            "object" => SchemaWalk.Properties(parts[0], root).Count > 0 ? FormKind.Group : Values(parts) is not null ? FormKind.Map : FormKind.Json,
            "array" => First(parts, "items") is { ValueKind: JsonValueKind.Object } ? FormKind.List : FormKind.Json,
            _ when !isSecret && First(parts, "enum") is { ValueKind: JsonValueKind.Array } words && words.EnumerateArray().All(static w => w.ValueKind is JsonValueKind.String or JsonValueKind.Number) => FormKind.Choice,
            "boolean" => FormKind.YesNo,
            "integer" when !isSecret => FormKind.Integer,
            "number" when !isSecret => FormKind.Number,
            "string" or "integer" or "number" => isSecret ? IsLong(name) ? FormKind.SecretLines : FormKind.Secret : IsLines(name, parts) ? FormKind.Lines : FormKind.Text,
            _ => FormKind.Json,
        };
    }

    // Keys and certificates come as several lines, which a field of one line would join.
    private static bool IsLong(string name) =>
        name.Contains("private", StringComparison.OrdinalIgnoreCase) || name.Contains("cert", StringComparison.OrdinalIgnoreCase) || name.Contains("pem", StringComparison.OrdinalIgnoreCase);

    // The values of a map have no name of their own: texts of any length, such as playbooks.
    private static bool IsLines(string name, List<JsonElement> parts) =>
        (name.Length == 0 || First(parts, "contentMediaType") is not null)
        && First(parts, "pattern") is null && First(parts, "format") is null
        && !(First(parts, "maxLength") is { ValueKind: JsonValueKind.Number } longest && longest.TryGetInt32(out var most) && most <= ShortText);

    // The API server keeps the members of a schema in the order of the alphabet, and lists as they were written: what must be filled in, and what of
    // several must be, is shown in the order in which the author named it.
    private static List<FormField> Fields(List<JsonElement> parts, JsonElement root, bool isSecret, int depth)
    {
        // Alternatives say what is needed in each of them; what is needed in any case stands outside of them.
        var required = SchemaWalk.Certain(parts[0], root).SelectMany(static part => Names(part, "required")).Distinct(StringComparer.Ordinal).ToList();
        var named = required.Concat(OneOf(parts).SelectMany(static names => names)).Distinct(StringComparer.Ordinal).ToList();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var fields = new List<FormField>();
        foreach (var part in parts)
        {
            if (part.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            {
                fields.AddRange(properties.EnumerateObject()
                    .Where(property => property.Value.ValueKind == JsonValueKind.Object && known.Add(property.Name))
                    .Select(property => Field(property.Name, property.Value, root, required.Contains(property.Name), isSecret, depth + 1)));
            }
        }

        return [.. fields.OrderBy(field => named.IndexOf(field.Name) is var at and >= 0 ? at : int.MaxValue)];
    }

    private static List<IReadOnlyList<string>> OneOf(List<JsonElement> parts)
    {
        foreach (var part in parts)
        {
            foreach (var word in Several)
            {
                if (part.TryGetProperty(word, out var alternatives) && alternatives.ValueKind == JsonValueKind.Array)
                {
                    var names = alternatives.EnumerateArray().Select(static one => (IReadOnlyList<string>)[.. Names(one, "required")]).ToList();
                    if (names.Count > 1 && names.TrueForAll(static one => one.Count > 0))
                    {
                        return names;
                    }
                }
            }
        }

        return [];
    }

    private static List<string> Names(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!)]
            : [];

    // What the values of a map look like; null for an object that is no map.
    private static JsonElement? Values(List<JsonElement> parts)
    {
        foreach (var part in parts)
        {
            if (part.TryGetProperty("patternProperties", out var patterns) && patterns.ValueKind == JsonValueKind.Object)
            {
                var all = patterns.EnumerateObject().Where(static p => p.Value.ValueKind == JsonValueKind.Object).ToList();
                if (all.Count == 1)
                {
                    return all[0].Value;
                }
            }

            if (part.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.Object)
            {
                return additional;
            }
        }

        return null;
    }

    private static JsonElement? First(List<JsonElement> parts, string keyword)
    {
        foreach (var part in parts)
        {
            if (part.TryGetProperty(keyword, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private static string? Text(List<JsonElement> parts, string keyword) =>
        First(parts, keyword) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } words ? words : null;

    private static string? Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };
}
