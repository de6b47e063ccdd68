using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Crds;

/// <summary>Puts what the attributes say into a schema, and refuses what makes no sense there: the server would, much later.</summary>
internal static class SchemaConstraints
{
    /// <summary>Whether a manifest must have the property.</summary>
    public static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(SchemaRequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>Applies the attributes of a property.</summary>
    public static void Apply(JsonObject schema, PropertyInfo property, string place)
    {
        // Constraints of texts and numbers on a list or a map are meant for its items.
        var value = schema["items"] as JsonObject ?? schema["additionalProperties"] as JsonObject ?? schema;
        if (property.GetCustomAttribute<SchemaPatternAttribute>() is { } pattern)
        {
            Expect(value, "string", nameof(SchemaPatternAttribute), place);
            value["pattern"] = Checked(pattern.Pattern, place);
        }

        if (property.GetCustomAttribute<SchemaLengthAttribute>() is { } length)
        {
            Expect(value, "string", nameof(SchemaLengthAttribute), place);
            Bounds(value, "minLength", length.Min, 0, "maxLength", length.Max, 0);
        }

        if (property.GetCustomAttribute<SchemaRangeAttribute>() is { } range)
        {
            Expect(value, "integer", nameof(SchemaRangeAttribute), place);
            Bounds(value, "minimum", range.Min, long.MinValue, "maximum", range.Max, long.MaxValue);
        }

        if (property.GetCustomAttribute<SchemaItemsAttribute>() is { } items)
        {
            ApplyItems(schema, items, place);
        }

        if (property.GetCustomAttribute<SchemaListMapAttribute>() is { } map)
        {
            ApplyListMap(schema, map, place);
        }

        if (property.IsDefined(typeof(SchemaPreserveUnknownFieldsAttribute)))
        {
            Expect(schema, "object", nameof(SchemaPreserveUnknownFieldsAttribute), place);
            schema["x-kubernetes-preserve-unknown-fields"] = true;
        }

        ApplyDefault(schema, property, place);
    }

    /// <summary>Applies the rules of a property or a class.</summary>
    public static void ApplyRules(JsonObject schema, MemberInfo member)
    {
        foreach (var rule in member.GetCustomAttributes<SchemaRuleAttribute>())
        {
            if (schema["x-kubernetes-validations"] is not JsonArray rules)
            {
                schema["x-kubernetes-validations"] = rules = [];
            }

            rules.Add(new JsonObject { ["rule"] = rule.Rule, ["message"] = rule.Message });
        }
    }

    /// <summary>Applies the default of a property or a class.</summary>
    public static void ApplyDefault(JsonObject schema, MemberInfo member, string place)
    {
        if (member.GetCustomAttribute<SchemaDefaultAttribute>() is not { } standard)
        {
            return;
        }

        try
        {
            schema["default"] = JsonNode.Parse(standard.Json);
        }
        catch (JsonException failure)
        {
            throw new CrdException(place, $"the default is no JSON ({failure.Message}); a text needs quotes inside the quotes");
        }
    }

    private static void ApplyItems(JsonObject schema, SchemaItemsAttribute items, string place)
    {
        if (schema.ContainsKey("additionalProperties"))
        {
            Bounds(schema, "minProperties", items.Min, 0, "maxProperties", items.Max, 0);
        }
        else
        {
            Expect(schema, "array", nameof(SchemaItemsAttribute), place);
            Bounds(schema, "minItems", items.Min, 0, "maxItems", items.Max, 0);
        }
    }

    private static void ApplyListMap(JsonObject schema, SchemaListMapAttribute map, string place)
    {
        Expect(schema, "array", nameof(SchemaListMapAttribute), place);
        var required = schema["items"]?["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [];
        if (map.Keys.Count == 0 || map.Keys.Except(required).FirstOrDefault() is not null)
        {
            throw new CrdException(place, "each key of a list map must be a required property of its items; add [SchemaRequired] there");
        }

        schema["x-kubernetes-list-type"] = "map";
        schema["x-kubernetes-list-map-keys"] = new JsonArray([.. map.Keys.Select(key => (JsonNode)JsonValue.Create(key))]);
    }

    private static void Bounds(JsonObject schema, string low, long min, long noMin, string high, long max, long noMax)
    {
        if (min != noMin)
        {
            schema[low] = min;
        }

        if (max != noMax)
        {
            schema[high] = max;
        }
    }

    private static void Expect(JsonObject schema, string type, string attribute, string place)
    {
        if (schema["type"]?.GetValue<string>() != type)
        {
            throw new CrdException(
                place,
                $"[{attribute.Replace("Attribute", "", StringComparison.Ordinal)}] is for type {type}; remove it");
        }
    }

    private static string Checked(string pattern, string place)
    {
        try
        {
            // The engine without backtracking refuses nearly what RE2, the server's, refuses.
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return pattern;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new CrdException(place, $"the API server cannot run this pattern: {failure.Message}");
        }
    }
}
