using System.Collections.Frozen;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>The words of JSON schema that are understood, by what stands behind them.</summary>
public static class ConfigSchemaKeywords
{
    /// <summary>A schema stands behind these, or <c>true</c> or <c>false</c>.</summary>
    public static readonly FrozenSet<string> OneSchema = Set("additionalProperties", "additionalItems", "not");

    /// <summary>A list of schemas stands behind these; behind <c>items</c> a schema or a list.</summary>
    public static readonly FrozenSet<string> ManySchemas = Set("allOf", "anyOf", "oneOf");

    /// <summary>A map of schemas stands behind these.</summary>
    public static readonly FrozenSet<string> NamedSchemas = Set("properties", "patternProperties", "definitions", "$defs");

    /// <summary>A whole number, 0 or more, stands behind these.</summary>
    public static readonly FrozenSet<string> Counts =
        Set("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");

    /// <summary>A number stands behind these.</summary>
    public static readonly FrozenSet<string> Numbers = Set("minimum", "maximum", "multipleOf");

    /// <summary>A number, or in older drafts a boolean, stands behind these.</summary>
    public static readonly FrozenSet<string> ExclusiveBounds = Set("exclusiveMinimum", "exclusiveMaximum");

    /// <summary>A boolean stands behind these.</summary>
    public static readonly FrozenSet<string> Flags = Set("uniqueItems", "nullable");

    /// <summary>Whatever stands behind these is taken as it is.</summary>
    public static readonly FrozenSet<string> Annotations = Set(
        "$schema", "$id", "id", "$comment", "title", "description", "default", "example", "examples", "format", "const", "readOnly",
        "writeOnly", "deprecated", "contentEncoding", "contentMediaType");

    /// <summary>Words of JSON schema that would restrict a config but are not enforced here; silence would be a trap.</summary>
    public static readonly FrozenSet<string> Unsupported = Set(
        "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames", "dependencies", "dependentRequired",
        "dependentSchemas", "prefixItems", "unevaluatedProperties", "unevaluatedItems", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef",
        "$recursiveAnchor", "$vocabulary");

    /// <summary>The names of types.</summary>
    public static readonly FrozenSet<string> Types = Set("string", "integer", "number", "boolean", "object", "array", "null");

    /// <summary>Every word that is understood.</summary>
    public static readonly FrozenSet<string> All = Set(
        [.. OneSchema, .. ManySchemas, .. NamedSchemas, .. Counts, .. Numbers, .. ExclusiveBounds, .. Flags, .. Annotations,
            "type", "required", "enum", "items", "pattern", "$ref"]);

    /// <summary>The word that marks a property as secret.</summary>
    public const string Secret = "x-dotmac-secret";

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
