using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace DotMac.Operator.Tests.Support;

/// <summary>What random inputs look like.</summary>
public static class Arbitraries
{
    private static readonly Gen<string> Word = Gen.Elements("a", "b", "token", "Zürich", "with space", "\"quoted\"", "back\\slash", "<b>&'", "é", "😀", "\n", "");
    private static readonly Gen<char> Inner = Gen.Elements("abz09AZ-._".ToCharArray());
    private static readonly Gen<char> Outer = Gen.Elements("abz09AZ".ToCharArray());

    public static Arbitrary<RandomConfig> Configs() =>
        Arb.From(Object(3).Select(static map => new RandomConfig(map.ToJsonString())));

    /// <summary>Names that a resource may have: letters, digits and dashes, a letter first, at most 63.</summary>
    public static Arbitrary<ResourceName> Names() => Arb.From(
        from length in Gen.Choose(1, 63)
        from first in Gen.Elements("abz".ToCharArray())
        from rest in Gen.Elements("abz09-".ToCharArray()).ArrayOf(length - 1)
        select new ResourceName((first + new string(rest)).TrimEnd('-')));

    /// <summary>Ids that a tenant may have: those that a label may.</summary>
    public static Arbitrary<TenantId> Tenants() => Arb.From(
        from length in Gen.Choose(0, 61)
        from first in Outer
        from rest in Inner.ArrayOf(length)
        from last in Outer
        select new TenantId(first + new string(rest) + last));

    /// <summary>Versions by the rules of SemVer 2.0, dashes at the end and build metadata included, at most 63 characters.</summary>
    public static Arbitrary<SemanticVersion> Versions() => Arb.From(
        from major in Gen.Choose(0, 99)
        from minor in Gen.Choose(0, 99)
        from pre in Gen.Elements("", "-rc.1", "-", "-alpha-", "-x.y-", "-" + new string('a', 30) + "-")
        from build in Gen.Elements("", "+b", "+-", "+build.5-", "+" + new string('9', 20))
        where pre != "-"
        select new SemanticVersion($"{major}.{minor}.0{pre}{build}"));

    private static Gen<JsonNode?> Value(int depth) => depth == 0
        ? Leaf
        : Gen.Frequency((4, Leaf), (1, Object(depth - 1).Select(static o => (JsonNode?)o)), (1, List(depth - 1)));

    private static Gen<JsonNode?> Leaf => Gen.OneOf(
        Word.Select(static text => (JsonNode?)JsonValue.Create(text)),
        Gen.Choose(-3, 100_000).Select(static number => (JsonNode?)JsonValue.Create(number)),
        Gen.Elements(0.5, 1e21, 1e-7).Select(static number => (JsonNode?)JsonValue.Create(number)),
        Gen.Elements(true, false).Select(static flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Constant((JsonNode?)null));

    private static Gen<JsonNode?> List(int depth) =>
        from length in Gen.Choose(0, 3)
        from items in Value(depth).ArrayOf(length)
        select (JsonNode?)new JsonArray([.. items.Select(static i => i?.DeepClone())]);

    private static Gen<JsonObject> Object(int depth) =>
        from length in Gen.Choose(0, 5)
        from keys in Word.ArrayOf(length)
        from values in Value(depth).ArrayOf(length)
        select new JsonObject(keys.Zip(values).DistinctBy(static p => p.First).Select(static p => KeyValuePair.Create(p.First, p.Second?.DeepClone())));
}
