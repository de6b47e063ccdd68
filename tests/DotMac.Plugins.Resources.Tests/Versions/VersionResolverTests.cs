using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Plugins.Resources.Tests.Versions;

public sealed class VersionResolverTests
{
    [Fact]
    public void Finds_the_version_that_is_asked_for() =>
        VersionResolver.Resolve("1.1.0", Make.Definition("1.0.0", "1.1.0")).Version!.Version.Should().Be("1.1.0");

    [Fact]
    public void Build_metadata_does_not_matter() =>
        VersionResolver.Resolve("1.0.0+other", Make.Definition("1.0.0+build")).Found.Should().BeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_wish_it_is_the_default(string? wish)
    {
        var definition = Make.Definition("1.0.0", "2.0.0");
        definition.Spec.DefaultVersion = "1.0.0";
        VersionResolver.Resolve(wish, definition).Version!.Version.Should().Be("1.0.0");
    }

    [Fact]
    public void Without_a_default_it_is_the_highest_release() =>
        VersionResolver.Resolve(null, Make.Definition("1.9.0", "1.10.0", "2.0.0-rc.1")).Version!.Version.Should().Be("1.10.0");

    [Theory]
    [InlineData("v1.1.0", "1.1.0")]
    [InlineData("1.1", "1.1.0")]
    [InlineData("1.1.1", "1.1.0")]
    public void An_unknown_version_lists_the_known_ones_and_the_nearest(string wish, string nearest)
    {
        var error = VersionResolver.Resolve(wish, Make.Definition("0.9.0", "1.1.0")).Error!;
        error.Pointer.Should().Be("/spec/version");
        error.Message.Should().Contain($"no version {wish}").And.Contain("0.9.0, 1.1.0").And.Contain($"did you mean {nearest}?");
    }

    [Fact]
    public void A_default_that_is_not_listed_is_the_definitions_fault()
    {
        var definition = Make.Definition("1.0.0");
        definition.Spec.DefaultVersion = "3.0.0";
        VersionResolver.Resolve(null, definition).Error!.Message.Should().Contain("3.0.0").And.Contain("set spec.version to one of 1.0.0");
    }

    [Fact]
    public void A_definition_without_versions_says_so() =>
        VersionResolver.Resolve(null, Make.Definition()).Error!.Message.Should().Contain("has no versions");

    [Theory]
    [InlineData(UpgradePolicy.Manual, "1.0.0")]
    [InlineData(UpgradePolicy.Patch, "1.0.9")]
    [InlineData(UpgradePolicy.Minor, "1.3.0")]
    public void Upgrades_go_as_far_as_the_policy(UpgradePolicy policy, string expected)
    {
        var definition = Make.Definition("0.9.0", "1.0.0", "1.0.9", "1.3.0", "1.4.0-rc.1", "2.0.0");
        VersionResolver.Upgrade(definition.Spec.Versions![1], policy, definition).Version.Should().Be(expected);
    }

    [Fact]
    public void No_upgrade_leads_backwards()
    {
        var definition = Make.Definition("1.0.0", "1.3.0");
        VersionResolver.Upgrade(definition.Spec.Versions![1], UpgradePolicy.Minor, definition).Version.Should().Be("1.3.0");
    }
}
