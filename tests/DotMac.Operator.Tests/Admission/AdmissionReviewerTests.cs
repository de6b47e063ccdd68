using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Admission;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Admission;

public sealed class AdmissionReviewerTests : IAsyncDisposable
{
    private readonly FakeClient _client = new();
    private readonly AdmissionReviewer _reviewer;

    public AdmissionReviewerTests()
    {
        _reviewer = new AdmissionReviewer(new PluginCaches(_client.Informers));
        _client.Fake<PluginDefinition>().Items.Add(Given.Definition());
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task An_answer_bears_the_questions_uid()
    {
        var response = await AskAsync("""{"kind":"TenantPlugin"}""", "CREATE", """{"metadata":{"name":"twilio","namespace":"tenant-acme"},"spec":{"plugin":"twilio"}}""");
        response.Should().BeEquivalentTo(new { Uid = "u1", Allowed = true, Status = (V1Status?)null, Warnings = (object?)null });
    }

    [Fact]
    public async Task A_refusal_is_what_kubectl_shows_of_an_invalid_object()
    {
        var response = await AskAsync(
            """{"kind":"TenantPlugin","group":"plugins.dotmac.io"}""", "CREATE", """{"metadata":{"name":"twilio","namespace":"tenant-acme"},"spec":{"plugin":"twilio","replicas":1000}}""");
        response.Allowed.Should().BeFalse();
        response.Status.Should().BeEquivalentTo(new { Code = 422, Reason = "Invalid" });
        response.Status!.Message.Should().StartWith("TenantPlugin twilio is invalid: /spec/replicas: ");
        response.Status.Details!.Causes.Should().ContainSingle().Which.Field.Should().Be("/spec/replicas");
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"t"},"spec":{"plugin":"twilio","replicas":"three"}}""", "/spec/replicas")]
    [InlineData("""{"metadata":{"name":"t"},"spec":{"plugin":["hunter2"]}}""", "/spec/plugin")]
    [InlineData("""{"metadata":{"name":"t"},"spec":"hunter2"}""", "/spec")]
    public async Task A_wrong_type_is_named_by_its_field_and_never_by_its_value(string plugin, string field)
    {
        var response = await AskAsync("""{"kind":"TenantPlugin"}""", "CREATE", plugin);
        response.Status!.Details!.Causes!.Single().Field.Should().Be(field);
        response.Status.Message.Should().NotContain("hunter2").And.NotContain("three");
    }

    [Theory]
    [InlineData("""{"kind":"ConfigMap"}""", "CREATE")]
    [InlineData("""{"kind":"TenantPlugin"}""", "CONNECT")]
    [InlineData("null", null)]
    public async Task What_is_not_its_business_may_be(string kind, string? operation) =>
        (await AskAsync(kind, operation, """{"spec":{"plugin":5}}""")).Allowed.Should().BeTrue();

    [Fact]
    public async Task A_status_is_the_business_of_whoever_may_write_it() =>
        (await AskAsync("""{"kind":"TenantPlugin"}""", "UPDATE", """{"spec":{"plugin":5}}""", subResource: "status")).Allowed.Should().BeTrue();

    private async Task<V1AdmissionResponse> AskAsync(string kind, string? operation, string? after, string? subResource = null)
    {
        await _client.SyncAsync();
        var request = new JsonObject
        {
            ["uid"] = "u1",
            ["kind"] = JsonNode.Parse(kind),
            ["operation"] = operation,
            ["name"] = "twilio",
            ["subResource"] = subResource,
            ["object"] = after is null ? null : JsonNode.Parse(after),
        };
        return _reviewer.Review(new JsonObject { ["request"] = request }.Deserialize<V1AdmissionReview>(JsonSerializerOptions.Web)!).Response!;
    }
}
