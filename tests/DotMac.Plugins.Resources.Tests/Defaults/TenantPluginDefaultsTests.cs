using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Resources.Defaults;
using DotMac.Plugins.Resources.Tests.Support;

namespace DotMac.Plugins.Resources.Tests.Defaults;

public sealed class TenantPluginDefaultsTests
{
    private const string Namespace = "tenant-acme";

    [Fact]
    public void An_empty_spec_gets_every_default()
    {
        var plugin = TenantPluginDefaults.Resolve(new TenantPluginSpec { Plugin = "twilio" }, null, Namespace);

        plugin.Should().BeEquivalentTo(new
        {
            Plugin = "twilio",
            Version = "",
            Image = (string?)null,
            Enabled = true,
            Replicas = 1,
            WantedReplicas = 1,
            Reload = ReloadMode.Restart,
            SandboxEnabled = true,
            RuntimeClassName = (string?)null,
            Egress = Array.Empty<EffectiveEgress>(),
            VaultRole = (string?)null,
            VaultAuthPath = (string?)null,
            VaultInjection = (VaultInjection?)null,
            Rotation = RotationMode.Reload,
            UpgradePolicy = UpgradePolicy.Manual,
            Callers = new[] { new EffectiveCaller(Namespace, null) },
            Ingress = (IngressSpec?)null,
        });
        plugin.Config.ValueKind.Should().Be(JsonValueKind.Object);
        Texts(plugin).Should().Be("cpu=50m ephemeral-storage=64Mi memory=64Mi / cpu=500m ephemeral-storage=256Mi memory=256Mi");
    }

    [Fact]
    public void What_is_written_wins()
    {
        var plugin = TenantPluginDefaults.Resolve(
            new TenantPluginSpec
            {
                Plugin = "twilio",
                Version = "1.0.0",
                Enabled = false,
                Replicas = 3,
                Reload = ReloadMode.Hot,
                Rotation = RotationMode.None,
                UpgradePolicy = UpgradePolicy.Patch,
                Sandbox = new SandboxSpec { Enabled = false, RuntimeClassName = "gvisor" },
                Vault = new VaultSpec { Role = "r", AuthPath = "/auth/k8s/", Injection = VaultInjection.None },
                Callers = [new CallerSpec { Namespace = "dotmac-system", ServiceAccount = "isp-api" }],
            },
            Make.Version("1.0.0"),
            Namespace);

        plugin.Should().BeEquivalentTo(new
        {
            Version = "1.0.0",
            Image = "ghcr.io/dotmac/plugin-twilio:1.0.0",
            Enabled = false,
            Replicas = 3,
            WantedReplicas = 0,
            Reload = ReloadMode.Hot,
            Rotation = RotationMode.None,
            UpgradePolicy = UpgradePolicy.Patch,
            SandboxEnabled = false,
            RuntimeClassName = "gvisor",
            VaultRole = "r",
            VaultAuthPath = "auth/k8s",
            VaultInjection = VaultInjection.None,
            Callers = new[] { new EffectiveCaller("dotmac-system", "isp-api") },
        });
    }

    [Theory]
    [InlineData("""{"maxReplicas":4}""", 1, 4, 80)]
    [InlineData("""{"minReplicas":2,"maxReplicas":4,"targetCpuPercent":50}""", 2, 4, 50)]
    [InlineData("""{"minReplicas":5,"maxReplicas":4}""", 5, 5, 80)]
    public void Autoscaling_begins_with_the_fewest_pods(string autoscaling, int least, int most, int percent)
    {
        var spec = Json.Read<TenantPlugin>($$$"""{"spec":{"plugin":"a","autoscaling":{{{autoscaling}}}}}""").Spec;
        var plugin = TenantPluginDefaults.Resolve(spec, null, Namespace);
        plugin.Autoscaling.Should().Be(new EffectiveAutoscaling(least, most, percent));
        (plugin.WantedReplicas, plugin.IsAutoscaled).Should().Be((least, true));
    }

    [Fact]
    public void Values_that_are_not_known_count_as_not_written()
    {
        var spec = Json.Read<TenantPlugin>("""{"spec":{"plugin":"a","reload":"Later","rotation":"Later","upgradePolicy":"Later","vault":{"injection":"Later"}}}""").Spec;
        var plugin = TenantPluginDefaults.Resolve(spec, null, Namespace);
        (plugin.Reload, plugin.Rotation, plugin.UpgradePolicy, plugin.VaultInjection)
            .Should().Be((ReloadMode.Restart, RotationMode.Reload, UpgradePolicy.Manual, null));
    }

    [Fact]
    public void Nobody_may_call_when_the_list_is_empty_or_names_no_namespace()
    {
        TenantPluginDefaults.Resolve(new TenantPluginSpec { Callers = [] }, null, Namespace).Callers.Should().BeEmpty();
        TenantPluginDefaults.Resolve(new TenantPluginSpec { Callers = [new CallerSpec()] }, null, Namespace).Callers.Should().BeEmpty();
    }

    [Fact]
    public void Egress_of_definition_and_spec_is_joined_by_host()
    {
        var version = Make.Version();
        version.Egress = [new EgressRule { Host = "api.twilio.com" }, new EgressRule { Host = "b.example", Ports = [8443, 80] }];
        var spec = new TenantPluginSpec
        {
            Sandbox = new SandboxSpec { Egress = [new EgressRule { Host = "API.twilio.com", Ports = [8443, 443] }, new EgressRule { Host = "c.example", Ports = [] }] },
        };

        TenantPluginDefaults.Resolve(spec, version, Namespace).Egress
            .Select(egress => $"{egress.Host}:{string.Join(',', egress.Ports)}")
            .Should().Equal("api.twilio.com:443,8443", "b.example:80,8443", "c.example:443");
    }

    [Fact]
    public void Ports_of_another_protocol_are_not_mixed_up()
    {
        var spec = new TenantPluginSpec
        {
            Sandbox = new SandboxSpec { Egress = [new EgressRule { Host = "10.1.0.0/16", Ports = [161], Protocol = EgressProtocol.UDP }, new EgressRule { Host = "10.1.0.0/16", Ports = [22] }] },
        };

        TenantPluginDefaults.Resolve(spec, Make.Version(), Namespace).Egress
            .Where(static egress => egress.Host.StartsWith("10.", StringComparison.Ordinal))
            .Select(static egress => $"{egress.Protocol} {egress.Ports.Single()}")
            .Should().Equal("UDP 161", "TCP 22");
    }

    [Fact]
    public void The_spec_is_left_as_it_was()
    {
        var plugin = Make.Plugin();
        var before = Json.Write(plugin);
        _ = TenantPluginDefaults.Resolve(plugin.Spec, Make.Version(), Namespace);
        Json.Write(plugin).Should().Be(before);
    }

    private static string Texts(EffectivePlugin plugin) => string.Join(
        " / ",
        new[] { plugin.Resources.Requests!, plugin.Resources.Limits! }.Select(amounts => string.Join(' ', amounts.Select(pair => $"{pair.Key}={pair.Value}"))));
}
