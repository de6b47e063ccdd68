using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Apply;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources.Revisions;

namespace DotMac.Plugins.Resources.Tests;

public sealed class RevisionTests
{
    private static readonly IReadOnlyList<Revision> Three = Revision.Of([Kept(1, "a"), Kept(3, "c"), Kept(2, "b"), Kept(9, "other", owner: "else"), new V1ControllerRevision()], "uid");

    [Fact]
    public void Those_of_the_plugin_alone_are_listed_newest_first() => Three.Select(static r => r.Name).Should().Equal("c", "b", "a");

    [Theory]
    [InlineData("""{"currentRevision":"c"}""", "b")]
    [InlineData("""{"currentRevision":"c","rollout":{"revision":"d"}}""", "c")]
    [InlineData("""{"currentRevision":"b","rollback":{"revision":"d"}}""", "b")]
    [InlineData("""{"currentRevision":"a"}""", "c")]
    public void Back_is_to_the_last_good_one_or_to_the_one_before_it_where_that_runs(string status, string expected) =>
        Revision.Before(Three, JsonNode.Parse(status))!.Name.Should().Be(expected);

    [Fact]
    public void Without_another_one_there_is_no_way_back()
    {
        Revision.Before([], null).Should().BeNull();
        Revision.Before(Revision.Of([Kept(1, "a")], "uid"), JsonNode.Parse("""{"currentRevision":"a"}""")).Should().BeNull();
    }

    [Theory]
    [InlineData("""{"plugin":"p","version":"1.0.0","config":{"a":1},"replicas":3}""", null)]
    [InlineData("""{"plugin":"p","version":"2.0.0","config":{"a":1,"b":2},"enabled":false}""", """{"version":"1.0.0","config":{"b":null}}""")]
    [InlineData("""{"plugin":"p","reload":"Hot","sandbox":{"enabled":false}}""", """{"version":"1.0.0","config":{"a":1},"reload":null,"sandbox":null}""")]
    public void Only_what_makes_a_revision_is_changed_and_what_it_lacks_is_taken_away(string spec, string? patch)
    {
        var (now, then) = Three[0].Compare(JsonNode.Parse(spec)!.AsObject());
        var change = MergePatch.Diff(now, then);
        JsonNode.DeepEquals(change, patch is null ? null : JsonNode.Parse(patch)).Should().BeTrue(change?.ToJsonString());
    }

    private static V1ControllerRevision Kept(long number, string name, string owner = "uid") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, OwnerReferences = [new V1OwnerReference { Uid = owner }] },
        Revision = number,
        Data = JsonElement.Parse("""{"spec":{"version":"1.0.0","config":{"a":1}}}"""),
    };
}
