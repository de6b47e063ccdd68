using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Reconciliation;

public sealed class DependencyCheckTests
{
    [Fact]
    public void A_plugin_that_needs_none_has_all() => Of([]).Should().BeEquivalentTo(new { Status = "True", Reason = "NoDependencies" });

    [Theory]
    [InlineData(PluginPhase.Active)]
    [InlineData(PluginPhase.Degraded)]
    public void One_that_runs_will_do_even_with_trouble(PluginPhase phase) =>
        Of([Needs("other", ">=1.0.0 <2.0.0")], Installed("other", "1.5.0", phase)).Should().BeEquivalentTo(new { Status = "True", Reason = "DependenciesMet" });

    [Fact]
    public void One_that_is_not_installed_is_named_with_its_version() =>
        Unmet("DependencyMissing", [Needs("other", ">=1.0.0")], Installed("third", "1.0.0")).Should().Contain("needs other >=1.0.0, which is not installed");

    [Fact]
    public void One_without_a_version_is_named_without_one() =>
        Unmet("DependencyMissing", [Needs("other", null)]).Should().Contain("needs other, which is not installed");

    [Fact]
    public void One_of_another_version_is_named_with_both() =>
        Unmet("DependencyVersionMismatch", [Needs("other", "^2.0.0")], Installed("other", "1.5.0")).Should().Contain("needs other ^2.0.0; my-other is at 1.5.0");

    [Fact]
    public void One_that_has_no_version_yet_is_told_so() =>
        Unmet("DependencyVersionMismatch", [Needs("other", null)], Installed("other", null)).Should().Contain("my-other is at no version yet");

    [Theory]
    [InlineData(PluginPhase.Installing)]
    [InlineData(PluginPhase.Failed)]
    [InlineData(PluginPhase.Inactive)]
    public void One_that_does_not_run_is_named_by_its_own_name(PluginPhase phase) =>
        Unmet("DependencyNotReady", [Needs("other", "*")], Installed("other", "1.0.0", phase)).Should().Contain("installed as my-other and not active");

    [Fact]
    public void One_that_is_being_removed_does_not_count()
    {
        var leaving = Installed("other", "1.0.0");
        leaving.Metadata.DeletionTimestamp = Given.Now;
        Unmet("DependencyMissing", [Needs("other", null)], leaving);
    }

    [Fact]
    public void Of_several_installations_one_that_fits_is_enough() =>
        Of([Needs("other", ">=2.0.0")], Installed("other", "1.0.0"), Installed("other", "2.0.0", PluginPhase.Failed), Installed("other", "2.1.0")).IsTrue.Should().BeTrue();

    [Fact]
    public void The_first_that_is_not_met_is_told() =>
        Unmet("DependencyMissing", [Needs("other", null), Needs("third", null), Needs("fourth", null)], Installed("other", "1.0.0")).Should().Contain("third");

    private static Verdict Of(PluginDependency[] dependencies, params TenantPlugin[] installed) => DependencyCheck.Of(dependencies, installed);

    private static string Unmet(string reason, PluginDependency[] dependencies, params TenantPlugin[] installed)
    {
        var verdict = Of(dependencies, installed);
        verdict.Should().BeEquivalentTo(new { Status = "False", Reason = reason });
        return verdict.Message;
    }

    private static PluginDependency Needs(string plugin, string? version) => new() { Plugin = plugin, Version = version };

    private static TenantPlugin Installed(string plugin, string? version, PluginPhase phase = PluginPhase.Active)
    {
        var resource = Given.Plugin($$"""{"plugin":"{{plugin}}"}""", $"my-{plugin}");
        resource.Status = new TenantPluginStatus { Version = version, Phase = phase };
        return resource;
    }
}
