using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace DotMac.Plugins.Resources.Tests.Validation.Config;

/// <summary>Random schemas, right and wrong ones, and random configs that share their words.</summary>
public static class JsonGenerators
{
    /// <summary>Stands in every config; must stand in no message.</summary>
    public const string Marker = "s3cr3t-value";

    private static readonly string[] Names = ["a", "b", "c.d", "e/f", "authToken"];

    private static readonly string[] Texts = [Marker, $"{Marker} ${{vault:a/b}}", "${secret:a/b}", $"${{bad {Marker}", $"$${{{Marker}", ""];

    public static Arbitrary<SchemaCase> SchemaCases() =>
        (from schema in Schema(4) from config in Config(4) select new SchemaCase(schema, config)).ToArbitrary();

    private static Gen<JsonObject> Schema(int depth)
    {
        var leaf = Gen.OneOf(
            Keyword("type", Gen.Elements("string", "integer", "boolean", "object", "array", "null", "bogus").Select(Text)),
            Keyword("pattern", Gen.Elements("^a", "(", "(?=x)", "^(a+)+$").Select(Text)),
            Keyword("format", Gen.Elements("uri", "ipv4", "date-time", "uuid", "unheard-of").Select(Text)),
            Keyword("enum", Config(1).Select(value => (JsonNode?)new JsonArray(value))),
            Keyword("const", Config(1).Select(value => (JsonNode?)value)),
            Keyword("minLength", Gen.Choose(-1, 20).Select(Number)),
            Keyword("maximum", Gen.Choose(-5, 5).Select(Number)),
            Keyword("required", Gen.Elements(Names).Select(name => (JsonNode?)new JsonArray(Text(name)))),
            Keyword("x-dotmac-secret", Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag))),
            Keyword("$ref", Gen.Elements("#", "#/properties/a", "#/$defs/x", "http://x/y").Select(Text)));
        if (depth == 0)
        {
            return Merge(leaf, 2);
        }

        var inner = Gen.OneOf(
            leaf,
            Keyword("properties", Named(depth)),
            Keyword("patternProperties", Schema(depth - 1).Select(schema => (JsonNode?)new JsonObject { ["^a"] = schema })),
            Keyword("additionalProperties", Gen.OneOf(Schema(depth - 1).Select(schema => (JsonNode?)schema), Gen.Constant((JsonNode?)JsonValue.Create(false)).Select(_ => (JsonNode?)JsonValue.Create(false)))),
            Keyword("items", Schema(depth - 1).Select(schema => (JsonNode?)schema)),
            Keyword("anyOf", Several(depth)),
            Keyword("oneOf", Several(depth)),
            Keyword("allOf", Several(depth)),
            Keyword("not", Schema(depth - 1).Select(schema => (JsonNode?)schema)));
        return Merge(inner, 3);
    }

    private static Gen<JsonNode?> Named(int depth) =>
        from one in Schema(depth - 1)
        from other in Schema(depth - 1)
        from name in Gen.Elements(Names)
        select (JsonNode?)new JsonObject { [name] = one, [$"{name}2"] = other };

    private static Gen<JsonNode?> Several(int depth) =>
        from one in Schema(depth - 1) from other in Schema(depth - 1) select (JsonNode?)new JsonArray(one, other);

    private static Gen<JsonNode?> Config(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements(Texts).Select(Text),
            Gen.Choose(-9, 9).Select(Number),
            Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Fresh(() => (JsonNode?)null));
        return depth == 0
            ? leaf
            : Gen.OneOf(
                leaf,
                from items in Config(depth - 1).ListOf(2) select (JsonNode?)new JsonArray([.. items]),
                from value in Config(depth - 1)
                from other in Config(depth - 1)
                from name in Gen.Elements(Names)
                select (JsonNode?)new JsonObject { [name] = value, [$"{name}2"] = other });
    }

    private static Gen<KeyValuePair<string, JsonNode?>> Keyword(string name, Gen<JsonNode?> value) => value.Select(node => KeyValuePair.Create(name, node));

    private static Gen<JsonObject> Merge(Gen<KeyValuePair<string, JsonNode?>> keyword, int count) =>
        keyword.ListOf(count).Select(keywords => new JsonObject(keywords.DistinctBy(pair => pair.Key)));

    private static JsonNode? Text(string text) => JsonValue.Create(text);

    private static JsonNode? Number(int number) => JsonValue.Create(number);
}
