using DotMac.Kubernetes.Models;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Operator.Tests.Tenants;

public sealed class TenantLimitsTests
{
    [Fact]
    public void Without_annotations_there_is_no_limit()
    {
        TenantLimits.Of(null).IsEmpty.Should().BeTrue();
        TenantLimits.Of(Given.NamespaceOf()).IsEmpty.Should().BeTrue();
        Limits().OfChange(null, Plugin("a", cpu: "1000"), [], Use).Should().BeEmpty();
    }

    [Fact]
    public void A_plugin_takes_its_limits_times_its_replicas_and_the_definitions_or_the_defaults_where_it_says_nothing()
    {
        TenantUse.Of(Given.Plugin("""{"plugin":"twilio","replicas":3,"resources":{"limits":{"cpu":"200m"}}}"""), Samples.TwoVersions())
            .Should().Be(new TenantUse(1, 0.6m, 3 * 256 * 1024 * 1024m));
        TenantUse.Of(Given.Plugin("""{"plugin":"twilio"}"""), null).Should().Be(new TenantUse(1, 0.5m, 256 * 1024 * 1024m));
        TenantUse.Of(Given.Plugin("""{"plugin":"twilio","enabled":false}"""), null).Should().Be(new TenantUse(1, 0, 0), "it is installed, and does not run");
        TenantUse.Of(Given.Plugin("""{"plugin":"twilio","replicas":100,"resources":{"limits":{"cpu":"70000000000000000000"}}}"""), null).Cpu.Should().BePositive("what no cluster has must not overflow");
    }

    [Theory]
    [InlineData("max-plugins", "2", "/metadata/name", "2 plugins", "take 2", "wants 1")]
    [InlineData("max-cpu", "2500m", "/spec/resources/limits/cpu", "2500m cpu", "take 2", "wants 1")]
    [InlineData("max-memory", "768Mi", "/spec/resources/limits/memory", "768Mi memory", "take 512Mi", "wants 512Mi")]
    public void What_goes_over_is_refused_with_limit_use_and_wish(string annotation, string limit, string pointer, params string[] told)
    {
        var limits = Limits((annotation, limit));
        var installed = new[] { Plugin("a"), Plugin("b") };
        var error = limits.OfChange(null, Plugin("c", memory: "512Mi"), installed, Use).Should().ContainSingle().Subject;
        error.Pointer.Should().Be(pointer);
        error.Message.Should().ContainAll(told).And.Contain($"plugins.dotmac.io/{annotation}").And.Contain("platform administrator");
        limits.OfChange(null, Plugin("b", memory: "512Mi"), installed[..1], Use).Should().BeEmpty("that still fits");
    }

    [Fact]
    public void What_takes_no_more_than_before_always_may_though_the_limit_has_sunk()
    {
        var limits = Limits(("max-cpu", "1"), ("max-plugins", "1"));
        var installed = new[] { Plugin("a", cpu: "2"), Plugin("b", cpu: "2") };
        limits.OfChange(installed[0], Plugin("a", cpu: "1500m"), installed, Use).Should().BeEmpty();
        limits.OfChange(installed[0], Plugin("a", cpu: "2500m"), installed, Use).Should().ContainSingle();
        limits.OfChange(installed[0], Plugin("a", cpu: "2", enabled: false), installed, Use).Should().BeEmpty();
    }

    [Theory]
    [InlineData("max-plugins", "ten")]
    [InlineData("max-plugins", "-1")]
    [InlineData("max-plugins", "1.5")]
    [InlineData("max-cpu", "")]
    [InlineData("max-memory", "8 Gi")]
    [InlineData("max-memory", "-8Gi")]
    public void What_cannot_be_read_lets_nothing_new_in_and_leaves_what_runs(string annotation, string value)
    {
        var limits = Limits((annotation, value));
        limits.OfChange(null, Plugin("a"), [], Use).Should().ContainSingle().Which.Message.Should().Contain($"plugins.dotmac.io/{annotation}").And.Contain("no ");
        limits.OfChange(Plugin("a"), Plugin("a", cpu: "2"), [], Use).Should().BeEmpty();
        limits.OfInstalled(Plugin("a"), [], Use).Should().NotBeNull();
        var running = Plugin("a");
        running.Status = new TenantPluginStatus { Conditions = [new V1Condition { Type = "ConfigValid", Status = "True" }] };
        limits.OfInstalled(running, [running], Use).Should().BeNull();
    }

    [Fact]
    public void Those_installed_first_come_first_and_of_the_same_second_by_name()
    {
        var limits = Limits(("max-cpu", "2"));
        var installed = new[] { Plugin("c", age: 1), Plugin("a", age: 2), Plugin("b", age: 2), Plugin("d", age: 3, cpu: "3") };
        installed.Select(p => limits.OfInstalled(p, installed, Use) is null ? "runs" : "waits").Should().Equal("waits", "runs", "runs", "waits");
        limits.OfInstalled(installed[0], installed, Use)!.Message.Should().Contain("take 2", "the oldest one, which does not fit, takes nothing");
    }

    [Fact]
    public void A_namespace_keeps_what_limits_and_nothing_else()
    {
        var ns = Given.NamespaceOf();
        ns.Metadata.Annotations = new Dictionary<string, string> { [Annotations.MaxCpu] = "4", ["other"] = "x" };
        var slim = TenantNamespace.Slim(ns);
        slim.Metadata.Annotations.Should().Equal(new Dictionary<string, string> { [Annotations.MaxCpu] = "4" });
        TenantNamespace.MeansTheSame(slim, TenantNamespace.Slim(Given.NamespaceOf())).Should().BeFalse();
        TenantNamespace.MeansTheSame(slim, ns).Should().BeTrue();
    }

    private static TenantUse Use(TenantPlugin plugin) => TenantUse.Of(plugin, null);

    private static TenantLimits Limits(params (string Name, string Value)[] annotations)
    {
        var ns = Given.NamespaceOf();
        ns.Metadata.Annotations = annotations.ToDictionary(static a => $"plugins.dotmac.io/{a.Name}", static a => a.Value);
        return TenantLimits.Of(ns);
    }

    private static TenantPlugin Plugin(string name, string cpu = "1", string memory = "256Mi", int age = 1, bool enabled = true)
    {
        var plugin = Given.Plugin($$$"""{"plugin":"twilio","enabled":{{{(enabled ? "true" : "false")}}},"resources":{"limits":{"cpu":"{{{cpu}}}","memory":"{{{memory}}}"} } }""", name);
        plugin.Metadata.CreationTimestamp = Given.Now.AddDays(-age);
        return plugin;
    }
}
