using System.Text.Json.Nodes;
using DotMac.Kubernetes.Apply;
using FsCheck.Xunit;

namespace DotMac.Kubernetes.Tests.Apply;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", null)]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", """{"b":null}""")]
    [InlineData("""{}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1,"c":3}}""", """{"a":{"c":3}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,3]}""", """{"a":[1,3]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"a":{"b":null}}""", """{"a":{}}""", null)]
    [InlineData("""{"a":{"b":null,"c":1}}""", """{"a":{"c":1},"d":1}""", """{"d":1}""")]
    public void It_says_what_changes_and_nothing_else(string from, string to, string? patch)
    {
        var diff = MergePatch.Diff(JsonNode.Parse(from)!.AsObject(), JsonNode.Parse(to)!.AsObject());
        diff?.ToJsonString().Should().Be(patch);
        (diff is null).Should().Be(patch is null);
    }

    [Fact]
    public void From_nothing_it_says_everything() =>
        MergePatch.Diff(null, new JsonObject { ["a"] = 1 })!.ToJsonString().Should().Be("""{"a":1}""");

    [Property(MaxTest = 500, EndSize = 60)]
    public void Applied_to_what_is_there_it_gives_what_is_wanted(byte[] left, byte[] right)
    {
        var (from, to) = (Object(new Queue<byte>(left), 3), Object(new Queue<byte>(right), 3));
        var (fromBefore, toBefore) = (from.ToJsonString(), to.ToJsonString());

        var patch = MergePatch.Diff(from, to);

        var result = patch is null ? from : Apply(from.DeepClone(), patch.DeepClone());
        JsonNode.DeepEquals(result, to).Should().BeTrue("{0} and {1} give {2}, which gives {3}", fromBefore, toBefore, patch?.ToJsonString(), result.ToJsonString());
        from.ToJsonString().Should().Be(fromBefore, "the inputs are left alone");
        to.ToJsonString().Should().Be(toBefore);
    }

    // RFC 7396, section 2, word for word.
    private static JsonNode Apply(JsonNode? target, JsonNode patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch;
        }

        var result = target as JsonObject ?? [];
        foreach (var (name, value) in changes.ToArray())
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Apply(result[name]?.DeepClone(), value.DeepClone());
            }
        }

        return result;
    }

    /// <summary>An object made from bytes: few names, so that two objects have some in common; no nulls, which a merge patch cannot set.</summary>
    private static JsonObject Object(Queue<byte> bytes, int depth)
    {
        var result = new JsonObject();
        while (bytes.TryDequeue(out var name) && name % 5 != 4)
        {
            result[((char)('a' + (name % 4))).ToString()] = Value(bytes, depth);
        }

        return result;
    }

    private static JsonNode Value(Queue<byte> bytes, int depth) => (bytes.TryDequeue(out var kind) ? kind % 6 : 0) switch
    {
        0 => JsonValue.Create(1),
        1 => JsonValue.Create("text"),
        2 => JsonValue.Create(true),
        3 => new JsonArray(1, 2),
        _ when depth == 0 => JsonValue.Create(2),
        _ => Object(bytes, depth - 1),
    };
}
