using System.Globalization;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>
/// Writes a checked schema in the dialect of the schema library: <c>const</c> becomes an <c>enum</c>, boolean schemas become objects,
/// patterns
/// become formats of ours (the library would run them on a backtracking engine without a time limit), annotations are left out.
/// </summary>
internal sealed class ConfigSchemaTranslator
{
    private readonly Dictionary<string, string> _patternsByFormat = new(StringComparer.Ordinal);

    /// <summary>The patterns by the name of the format that stands for each.</summary>
    public IReadOnlyDictionary<string, string> PatternsByFormat => _patternsByFormat;

    /// <summary>Translates a schema.</summary>
    public JObject Translate(JsonElement schema)
    {
        var result = new JObject();
        if (schema.ValueKind != JsonValueKind.Object)
        {
            if (schema.ValueKind == JsonValueKind.False)
            {
                result["not"] = new JObject();
            }

            return result;
        }

        string? pattern = null;
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "pattern":
                    pattern = keyword.Value.GetString();
                    break;
                case "const":
                    result["enum"] = new JArray(JsonTokens.Of(keyword.Value));
                    break;
                case "additionalProperties" or "additionalItems" when keyword.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    result[keyword.Name] = keyword.Value.GetBoolean();
                    break;
                case "items" when keyword.Value.ValueKind != JsonValueKind.Array:
                    result["items"] = Translate(keyword.Value);
                    break;
                case "items":
                    result["items"] = Many(keyword.Value);
                    break;
                case "type" or "required" or "enum" or "format" or "$ref" or ConfigSchemaKeywords.Secret:
                    result[keyword.Name] = JsonTokens.Of(keyword.Value);
                    break;
                default:
                    Other(keyword, result);
                    break;
            }
        }

        AddPattern(result, pattern);
        return result;
    }

    private void Other(JsonProperty keyword, JObject result)
    {
        if (ConfigSchemaKeywords.OneSchema.Contains(keyword.Name))
        {
            result[keyword.Name] = Translate(keyword.Value);
        }
        else if (ConfigSchemaKeywords.ManySchemas.Contains(keyword.Name))
        {
            result[keyword.Name] = Many(keyword.Value);
        }
        else if (ConfigSchemaKeywords.NamedSchemas.Contains(keyword.Name))
        {
            result[keyword.Name] = new JObject(keyword.Value.EnumerateObject().DistinctBy(member => member.Name)
                .Select(member => new JProperty(member.Name, Translate(member.Value))));
        }
        else if (ConfigSchemaKeywords.Counts.Contains(keyword.Name)
            || ConfigSchemaKeywords.Numbers.Contains(keyword.Name)
            || ConfigSchemaKeywords.ExclusiveBounds.Contains(keyword.Name)
            || ConfigSchemaKeywords.Flags.Contains(keyword.Name))
        {
            result[keyword.Name] = JsonTokens.Of(keyword.Value);
        }
    }

    private JArray Many(JsonElement schemas) => new(schemas.EnumerateArray().Select(Translate));

    private void AddPattern(JObject result, string? pattern)
    {
        if (pattern is null)
        {
            return;
        }

        var format = string.Create(CultureInfo.InvariantCulture, $"dotmac-pattern-{_patternsByFormat.Count}");
        _patternsByFormat.Add(format, pattern);
        if (!result.ContainsKey("format"))
        {
            result["format"] = format;
            return;
        }

        // A schema has one format only; a further one goes behind the existing alternatives, so that pointers into them stay right.
        if (result["allOf"] is not JArray all)
        {
            result["allOf"] = all = [];
        }

        all.Add(new JObject { ["format"] = format });
    }
}
