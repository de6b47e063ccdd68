using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Operator.Tests.Reconciliation;

public sealed class DependentsTests
{
    [Fact]
    public void Those_who_need_a_plugin_are_found_by_what_they_run()
    {
        var definitions = new Dictionary<string, PluginDefinition>
        {
            ["user"] = Given.Definition(
                """[{"version":"1.0.0","image":"x:1"},{"version":"2.0.0","image":"x:2","dependencies":[{"plugin":"base","version":">=1.0.0"},{"plugin":"other"}]}]""", "user"),
        };
        var (asked, runs, leaving) = (Given.Plugin("""{"plugin":"user","version":"2.0.0"}""", "asked"), Given.Plugin("""{"plugin":"user","version":"2.0.0"}""", "runs"), Given.Plugin("""{"plugin":"user","version":"2.0.0"}""", "leaving"));
        runs.Status = new TenantPluginStatus { Version = "1.0.0" };
        leaving.Metadata.DeletionTimestamp = Given.Now;
        Dependents.Of("base", [asked, runs, leaving, Given.Plugin("""{"plugin":"unknown"}""", "unknown")], definitions.GetValueOrDefault)
            .Should().ContainSingle().Which.Should().Match<(TenantPlugin Plugin, PluginDependency Dependency)>(static d => d.Plugin.Metadata.Name == "asked" && d.Dependency.Version == ">=1.0.0");
    }

    [Theory]
    [InlineData("<1.2.0", "1.1.0", "1.0.0", true)]
    [InlineData("<1.2.0", "1.2.0", "1.0.0", false)]
    [InlineData("<1.2.0", "1.2.0", null, false)]
    [InlineData(">=2.0.0", "1.1.0", "1.0.0", true)] // it is not content with what runs either
    [InlineData("", "9.0.0", "1.0.0", true)]
    [InlineData("nonsense", "1.1.0", "1.0.0", false)]
    public void A_version_that_breaks_nobody_will_do(string range, string version, string? running, bool expected) =>
        Dependents.Accept(version, running, [(Given.Plugin(), new PluginDependency { Plugin = "twilio", Version = range })]).Should().Be(expected);
}
