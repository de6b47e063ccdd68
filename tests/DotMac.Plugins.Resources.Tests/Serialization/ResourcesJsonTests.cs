using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Tests.Serialization;

public sealed class ResourcesJsonTests
{
    private const string Full =
        """
        {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"TenantPlugin","metadata":{"name":"twilio","namespace":"tenant-acme"},"spec":{"plugin":"twilio","version":"1.0.0","enabled":false,"replicas":2,"config":{"a":{"b":[1,2.50,"x"]}},"reload":"Hot","resources":{"requests":{"cpu":"50m"},"limits":{"memory":"256Mi"}},"sandbox":{"enabled":true,"runtimeClassName":"gvisor","egress":[{"host":"api.twilio.com","ports":[443]}]},"vault":{"role":"r","authPath":"auth/kubernetes","injection":"Sidecar"},"rotation":"Restart","upgradePolicy":"Minor","callers":[{"namespace":"dotmac-system","serviceAccount":"isp-api"}],"ingress":{"host":"hooks.acme.example","className":"nginx","tlsSecretName":"hooks"}},"status":{"observedGeneration":3,"phase":"Active","tenant":"acme","version":"1.0.0","image":"i@sha256:0","replicas":1,"readyReplicas":1,"ready":"1/1","conditions":[{"type":"Ready","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:00Z","reason":"Succeeded","message":""}],"health":{"state":"Degraded","checkedAt":"2026-01-31T12:00:00Z","message":"","checks":[{"name":"credentials","state":"Healthy","message":""}]},"metrics":{"apiCalls":1042,"apiErrors":3,"errorRatePercent":"0.29","latencyP50Milliseconds":41,"latencyP95Milliseconds":120,"startedAt":"2026-01-31T12:00:00Z","restarts":0,"observedAt":"2026-01-31T12:00:00Z"}}}
        """;

    [Fact]
    public void Writes_what_it_read() => Json.Write(Json.Read<TenantPlugin>(Full)).Should().Be(Full.Trim());

    [Fact]
    public void Reads_enums_by_name()
    {
        var plugin = Json.Read<TenantPlugin>(Full);
        plugin.Spec.Reload.Should().Be(ReloadMode.Hot);
        plugin.Spec.Vault!.Injection.Should().Be(VaultInjection.Sidecar);
        plugin.Status!.Phase.Should().Be(PluginPhase.Active);
        plugin.Status.Health!.State.Should().Be(HealthState.Degraded);
    }

    [Theory]
    [InlineData("network-automation", PluginCategory.NetworkAutomation)]
    [InlineData("crm", PluginCategory.Crm)]
    public void Writes_categories_as_the_catalog_has_them(string text, PluginCategory category)
    {
        var json = $$$$"""{"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"PluginDefinition","metadata":{},"spec":{"category":"{{{{text}}}}"}}""";
        var definition = Json.Read<PluginDefinition>(json);
        definition.Spec.Category.Should().Be(category);
        Json.Write(definition).Should().Be(json);
    }

    [Fact]
    public void An_unknown_name_neither_stops_reading_nor_goes_unseen()
    {
        var plugin = Json.Read<TenantPlugin>(
            """{"metadata":{"name":"a"},"spec":{"plugin":"a","reload":"Lazily","rotation":7,"vault":{"injection":"Csi"}},"status":{"phase":"Dreaming","health":{"state":"Meh"}}}""");

        plugin.Status!.Health!.State.Should().Be(HealthState.Unknown);
        TenantPluginValidator.Validate(plugin).Select(error => error.Pointer)
            .Should().BeEquivalentTo("/spec/reload", "/spec/rotation", "/spec/vault/injection");
        TenantPluginValidator.Validate(plugin)[0].Message.Should().Contain("Restart, Hot");
        Json.Write(plugin).Should().Contain("\"reload\":\"Unknown\"", "the server shall refuse it rather than take another mode for it");
    }

    [Fact]
    public void Writes_no_nulls() => Json.Write(new TenantPlugin { Spec = { Plugin = "a" } })
        .Should().Be("""{"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"TenantPlugin","metadata":{},"spec":{"plugin":"a"}}""");

    [Fact]
    public void Ignores_what_a_newer_version_added() =>
        Json.Read<TenantPlugin>("""{"spec":{"plugin":"a","later":{"x":[1]}},"status":{"later":1}}""").Spec.Plugin.Should().Be("a");

    [Fact]
    public void Repeated_texts_are_one_instance()
    {
        var (one, other) = (Json.Read<TenantPlugin>(Full), Json.Read<TenantPlugin>(Full));
        other.Spec.Plugin.Should().BeSameAs(one.Spec.Plugin);
        other.Status!.Tenant.Should().BeSameAs(one.Status!.Tenant);
        other.Status.Image.Should().BeSameAs(one.Status.Image);
    }
}
