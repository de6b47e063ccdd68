using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;

namespace DotMac.Operator.IntegrationTests;

[Collection(OperatorCollection.Name)]
public sealed class CrdTests(OperatorFixture fixture)
{
    [Theory]
    [InlineData("tenantplugins", "tp")]
    [InlineData("plugindefinitions", "pdef")]
    public async Task The_server_accepts_and_serves_the_generated_definitions(string plural, string shortName)
    {
        var crd = await fixture.ControlPlane.SendAsync(HttpMethod.Get, $"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.plugins.dotmac.io");
        var conditions = crd["status"]!["conditions"]!.AsArray();
        Status(conditions, "Established").Should().Be("True");
        Status(conditions, "NonStructuralSchema").Should().BeNull("a schema that is not structural is accepted and then not obeyed");
        crd["status"]!["acceptedNames"]!["shortNames"]!.AsArray().Select(static n => n!.GetValue<string>()).Should().Equal(shortName);
        crd["status"]!["acceptedNames"]!["categories"]!.AsArray().Select(static n => n!.GetValue<string>()).Should().Equal("dotmac");
    }

    [Fact]
    public async Task A_resource_that_nobody_looked_at_is_not_current()
    {
        // Its namespace is no tenant's and its plugin is unknown; what the server fills in is there before the operator comes.
        var ns = await fixture.ControlPlane.CreateNamespaceAsync("defaults");
        var created = await fixture.ControlPlane.SendAsync(
            HttpMethod.Post, $"apis/plugins.dotmac.io/v1alpha1/namespaces/{ns}/tenantplugins", Manifests.Twilio(ns));
        created["status"]!["observedGeneration"]!.GetValue<long>().Should().Be(-1);
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":-1}}""", "spec.replicas")]
    [InlineData("""{"spec":{"reload":"Sometimes"}}""", "spec.reload")]
    [InlineData("""{"spec":{"enabled":"yes"}}""", "spec.enabled")]
    public async Task The_server_refuses_what_the_schema_forbids_and_names_the_field(string patch, string field)
    {
        var ns = await fixture.ControlPlane.CreateNamespaceAsync("refused");
        var plugin = Manifests.Twilio(ns);
        foreach (var (name, value) in JsonNode.Parse(patch)!["spec"]!.AsObject())
        {
            plugin["spec"]![name] = value?.DeepClone();
        }

        var create = () => fixture.ControlPlane.SendAsync(HttpMethod.Post, $"apis/plugins.dotmac.io/v1alpha1/namespaces/{ns}/tenantplugins", plugin);
        (await create.Should().ThrowAsync<HttpRequestException>()).Which.Message.Should().Contain("422").And.Contain(field);
    }

    private static string? Status(JsonArray conditions, string type) =>
        conditions.FirstOrDefault(c => c!["type"]!.GetValue<string>() == type)?["status"]!.GetValue<string>();
}
