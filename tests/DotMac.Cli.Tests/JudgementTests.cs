using System.Text.Json.Nodes;
using DotMac.Cli.Doctor;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Tests;

public sealed class JudgementTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"major":"1","minor":"20","gitVersion":"v1.20.0"}""", nameof(Verdict.Good))]
    [InlineData("""{"major":"1","minor":"33+","gitVersion":"v1.33.1-eks"}""", nameof(Verdict.Good))]
    [InlineData("""{"major":"1","minor":"19","gitVersion":"v1.19.9"}""", nameof(Verdict.Bad))]
    [InlineData("{}", nameof(Verdict.Good))]
    public void Servers_that_are_too_old_are_told(string version, string verdict) => Judgements.Server(JsonNode.Parse(version)).Verdict.ToString().Should().Be(verdict);

    [Theory]
    [InlineData(null, nameof(Verdict.Bad), "crds")]
    [InlineData("""{"status":{"conditions":[{"type":"Established","status":"True"}]}}""", nameof(Verdict.Good), null)]
    [InlineData("""{"status":{}}""", nameof(Verdict.Bad), "describe")]
    public void Definitions_must_be_served(string? definition, string verdict, string? advice) => Said(Judgements.Definition("x", Json(definition)), verdict, advice);

    [Theory]
    [InlineData(null, nameof(Verdict.Bad), "apply it")]
    [InlineData("""{"metadata":{"name":"o","namespace":"n"},"spec":{"replicas":2},"status":{"availableReplicas":2}}""", nameof(Verdict.Good), null)]
    [InlineData("""{"metadata":{"name":"o","namespace":"n"},"spec":{"replicas":2},"status":{"availableReplicas":1}}""", nameof(Verdict.Warning), "describe deployment o")]
    [InlineData("""{"metadata":{"name":"o","namespace":"n"},"status":{}}""", nameof(Verdict.Bad), "describe deployment o")]
    [InlineData("""{"metadata":{"name":"o","namespace":"n"},"spec":{"replicas":0}}""", nameof(Verdict.Bad), "scale deployment o")]
    public void Deployments_must_be_available(string? deployment, string verdict, string? advice) => Said(Judgements.Deployment("x", Json(deployment), "apply it", isNeeded: true), verdict, advice);

    [Theory]
    [InlineData(null, nameof(Verdict.Bad))]
    [InlineData("""{"spec":{"holderIdentity":"","renewTime":"2026-01-31T12:00:00.000000Z"}}""", nameof(Verdict.Bad))]
    [InlineData("""{"spec":{"holderIdentity":"a","renewTime":"2026-01-31T11:59:50.000000Z"}}""", nameof(Verdict.Good))]
    [InlineData("""{"spec":{"holderIdentity":"a","renewTime":"2026-01-31T11:59:00.000000Z"}}""", nameof(Verdict.Bad))]
    [InlineData("""{"spec":{"holderIdentity":"a"}}""", nameof(Verdict.Bad))]
    public void One_replica_must_work(string? lease, string verdict) => Judgements.Leader(Json(lease), Noon).Verdict.ToString().Should().Be(verdict);

    [Theory]
    [InlineData(null, nameof(Verdict.Warning))]
    [InlineData("""{"webhooks":[{"clientConfig":{"caBundle":"YQ=="}},{"clientConfig":{}}]}""", nameof(Verdict.Warning))]
    [InlineData("""{"webhooks":[{"clientConfig":{"caBundle":"YQ=="}}]}""", nameof(Verdict.Good))]
    public void The_webhook_needs_its_certificate(string? configuration, string verdict) => Judgements.Webhook(Json(configuration)).Verdict.ToString().Should().Be(verdict);

    [Theory]
    [InlineData("""["--vault-address=https://vault:8200"]""", "https://vault:8200")]
    [InlineData("""["--vault-address","https://vault:8200"]""", "https://vault:8200")]
    [InlineData("""["--other"]""", null)]
    [InlineData("""["--vault-address"]""", null)]
    public void Vault_is_what_the_operator_was_told_of(string arguments, string? address)
    {
        var finding = Judgements.Vault(JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"args":ARGUMENTS}]}}}}""".Replace("ARGUMENTS", arguments, StringComparison.Ordinal)));
        finding.Verdict.Should().Be(address is null ? Verdict.Warning : Verdict.Good);
        if (address is not null)
        {
            finding.Message.Should().EndWith(address);
        }
    }

    [Fact]
    public void Plugins_that_are_not_well_are_named_and_not_all_of_many()
    {
        Judgements.Plugins([Plugin("a", PluginPhase.Active)]).Verdict.Should().Be(Verdict.Good);
        Judgements.Plugins([Plugin("a", null)]).Message.Should().Contain("has not looked at 1");
        var ill = Judgements.Plugins([.. Enumerable.Range(1, 8).Select(static i => Plugin($"p{i}", PluginPhase.Failed))]);
        ill.Message.Should().Be("8 are installed; ns/p1, ns/p2, ns/p3, ns/p4, ns/p5 and 3 more are not well");
        ill.Advice.Should().Be("dotmac plugin status p1 -n ns");
    }

    [Fact]
    public void What_is_empty_says_how_it_is_filled()
    {
        Judgements.Catalog([]).Advice.Should().Contain("config/catalog");
        Judgements.Tenants(0).Advice.Should().Contain("plugins.dotmac.io/tenant");
        Judgements.Tenants(2).Verdict.Should().Be(Verdict.Good);
    }

    private static JsonNode? Json(string? text) => text is null ? null : JsonNode.Parse(text);

    private static void Said(Finding finding, string verdict, string? advice)
    {
        finding.Verdict.ToString().Should().Be(verdict);
        if (advice is null)
        {
            finding.Advice.Should().BeNull();
        }
        else
        {
            finding.Advice.Should().Contain(advice);
        }
    }

    private static TenantPlugin Plugin(string name, PluginPhase? phase) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Namespace = "ns" },
        Spec = new TenantPluginSpec { Plugin = "twilio" },
        Status = phase is null ? null : new TenantPluginStatus { Phase = phase, ObservedGeneration = 1 },
    };
}
