using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace DotMac.Operator.Tests.Isolation;

/// <summary>Specs full of what means something to templates, shells, YAML, URLs and policies.</summary>
public static class HostileArbitraries
{
    private static readonly Gen<string> Text = Joined(
        "a", "token", "0", "-", ".", "..", "/", "//", "../", "%2e%2e", "\\", "{{", "}}", "{{ with secret \"x\" }}", "{{- end -}}", "\"", "'", "`", "$(id)", "$", "${", "}", "$${",
        "${vault:", "${secret:", "${env:", ";", "&&", "|", "*", "+", "?", "#", ":", "~", "@", "=", ",", " ", "\t", "\n", "\r\n", "---\n", "\0", "\u2028", "é", "😀", "\u202e");

    // Most of these are well-formed: what a valid path may hold is what reaches templates.
    private static readonly Gen<string> Path =
        from segments in Joined("a", "B", "9", "-", "_", ".", "~", "@", "=", ",", ":").Where(static s => s.Length > 0).NonEmptyListOf()
        from spoil in Gen.Frequency((6, Gen.Constant(string.Empty)), (1, Text))
        select string.Join('/', segments.Take(4)) + spoil;

    private static readonly Gen<string> Reference = Gen.OneOf(
        Path.Select(static path => $"${{vault:{path}/key}}"),
        Path.Select(static path => $"${{secret:{path}/key}}"),
        Text.Select(static text => $"${{vault:{text}}}"),
        Text.Select(static text => $"${{env:{text}}}"));

    private static readonly Gen<string> Value = Gen.OneOf(Text, Reference, from before in Text from reference in Reference from after in Text select before + reference + after);

    private static readonly Gen<JsonNode?> Leaf = Gen.Frequency(
        (5, Value.Select(static text => (JsonNode?)JsonValue.Create(text))),
        (1, Gen.Elements(0L, -1L, long.MaxValue, long.MinValue).Select(static number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Constant((JsonNode?)null)));

    public static Arbitrary<HostileSpec> Specs() => Arb.From(Gen.Frequency((2, Wild), (1, Sly)));

    private static Gen<HostileSpec> Wild =>
        from config in Config(3)
        from fields in Fields.NonEmptyListOf()
        from count in Gen.Choose(0, 4)
        select new HostileSpec(Spec(config, fields.Take(count)).ToJsonString());

    // Nothing but references: what is wrong with them is all that could keep them from the templates.
    private static Gen<HostileSpec> Sly =>
        from paths in Path.NonEmptyListOf()
        select new HostileSpec(Spec(
            new JsonObject(paths.Take(3).Select(static (path, i) => KeyValuePair.Create($"k{i}", (JsonNode?)JsonValue.Create($"${{vault:{path}/key}}")))), []).ToJsonString());

    // One hostile field each, at the places where the schema takes a text or a number.
    private static readonly Gen<(string Name, JsonNode? Value)> Fields = Gen.OneOf(
        Field("plugin", Text), Field("version", Text),
        Number("replicas"),
        Inside("vault", "role", Text), Inside("vault", "authPath", Text), Inside("vault", "injection", Gen.Elements("Injector", "Sidecar", "None", "Root")),
        Inside("sandbox", "runtimeClassName", Text),
        Inside("ingress", "host", Text),
        Inside("resources", "limits", Text, static text => new JsonObject { [text] = "1" }),
        Inside("sandbox", "egress", Text, static text => new JsonArray(new JsonObject { ["host"] = text, ["ports"] = new JsonArray(443) }, null)),
        Text.Select(static text => ("callers", (JsonNode?)new JsonArray(new JsonObject { ["namespace"] = text, ["serviceAccount"] = text }))));

    private static JsonObject Spec(JsonObject config, IEnumerable<(string Name, JsonNode? Value)> fields)
    {
        var spec = new JsonObject { ["plugin"] = "twilio", ["config"] = config.DeepClone() };
        foreach (var (name, value) in fields)
        {
            spec[name] = value?.DeepClone();
        }

        return spec;
    }

    private static Gen<string> Joined(params string[] pieces) =>
        from count in Gen.Choose(0, 6)
        from chosen in Gen.Elements(pieces).ArrayOf(count)
        select string.Concat(chosen);

    private static Gen<(string Name, JsonNode? Value)> Field(string name, Gen<string> text) => text.Select(t => (name, (JsonNode?)JsonValue.Create(t)));

    private static Gen<(string Name, JsonNode? Value)> Number(string name) =>
        Gen.Elements(int.MinValue, -1, 0, 101, int.MaxValue).Select(n => (name, (JsonNode?)JsonValue.Create(n)));

    private static Gen<(string Name, JsonNode? Value)> Inside(string name, string field, Gen<string> text, Func<string, JsonNode>? value = null) =>
        text.Select(t => (name, (JsonNode?)new JsonObject { [field] = value?.Invoke(t) ?? JsonValue.Create(t) }));

    private static Gen<JsonObject> Config(int depth) =>
        from count in Gen.Choose(0, 4)
        from keys in Text.ArrayOf(count)
        from values in (depth == 0 ? Leaf : Gen.Frequency((4, Leaf), (1, Config(depth - 1).Select(static o => (JsonNode?)o)))).ArrayOf(count)
        select new JsonObject(keys.Zip(values).DistinctBy(static p => p.First).Select(static p => KeyValuePair.Create(p.First, p.Second?.DeepClone())));
}
