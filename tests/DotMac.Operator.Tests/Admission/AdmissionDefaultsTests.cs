using System.Text.Json.Nodes;
using DotMac.Operator.Admission;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Admission;

public sealed class AdmissionDefaultsTests
{
    [Theory]
    [InlineData("""{"metadata":{},"spec":{"plugin":"twilio"}}""", """[{"op":"add","path":"/metadata/labels","value":{"plugins.dotmac.io/plugin":"twilio"}}]""")]
    [InlineData("""{"metadata":{"labels":null},"spec":{"plugin":"twilio"}}""", """[{"op":"add","path":"/metadata/labels","value":{"plugins.dotmac.io/plugin":"twilio"}}]""")]
    [InlineData("""{"metadata":{"labels":{"a":"b"}},"spec":{"plugin":"twilio"}}""", """[{"op":"add","path":"/metadata/labels/plugins.dotmac.io~1plugin","value":"twilio"}]""")]
    [InlineData("""{"metadata":{"labels":{"plugins.dotmac.io/plugin":"twilio"}},"spec":{"plugin":"twilio"}}""", "[]")]
    [InlineData("""{"metadata":{"labels":{"plugins.dotmac.io/plugin":"mine"}},"spec":{"plugin":"twilio"}}""", "[]")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2025-01-01T00:00:00Z"},"spec":{"plugin":"twilio"}}""", "[]")]
    [InlineData("""{"metadata":{},"spec":{"plugin":"a-name-that-is-longer-than-any-label-may-be-0123456789-0123456789-0123456789"}}""", "[]")]
    [InlineData("""{"metadata":{},"spec":{"plugin":5}}""", "[]")]
    [InlineData("""{"metadata":{},"spec":null}""", "[]")]
    [InlineData("""{"metadata":"x","spec":{"plugin":"twilio"}}""", "[]")]
    [InlineData("[]", "[]")]
    public void A_label_is_added_where_there_is_none(string plugin, string patch) =>
        JsonNode.DeepEquals(AdmissionDefaults.PatchOf(Given.Json(plugin)), JsonNode.Parse(patch)).Should().BeTrue();
}
