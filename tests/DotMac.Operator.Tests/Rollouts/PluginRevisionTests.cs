using DotMac.Operator.Rollouts;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Revisions;

namespace DotMac.Operator.Tests.Rollouts;

public sealed class PluginRevisionTests
{
    private static readonly PluginVersionSpec Version = Given.Definition().Spec.Versions![0];

    [Theory]
    [InlineData("""{"plugin":"twilio","config":{"b":1,"a":2}}""", """{"config":{"a":2,"b":1},"plugin":"twilio"}""")]
    [InlineData("""{"plugin":"twilio"}""", """{"plugin":"twilio","version":"1.0.0"}""")]
    [InlineData("""{"plugin":"twilio"}""", """{"plugin":"twilio","enabled":false,"replicas":3,"upgradePolicy":"Minor","callers":[],"progressDeadlineSeconds":60}""")]
    public void The_same_pods_are_the_same_revision(string left, string right) => Name(left).Should().Be(Name(right));

    [Theory]
    [InlineData("""{"plugin":"twilio","config":{"a":1}}""")]
    [InlineData("""{"plugin":"twilio","reload":"Hot"}""")]
    [InlineData("""{"plugin":"twilio","resources":{"limits":{"memory":"64Mi"}}}""")]
    [InlineData("""{"plugin":"twilio","sandbox":{"enabled":false}}""")]
    [InlineData("""{"plugin":"twilio","vault":{"injection":"None"}}""")]
    [InlineData("""{"plugin":"twilio","rotation":"Restart"}""")]
    public void Other_pods_are_another(string spec) => Name(spec).Should().NotBe(Name("""{"plugin":"twilio"}"""));

    [Fact]
    public void An_image_that_was_exchanged_in_the_catalog_is_another_and_a_corrected_description_is_not()
    {
        var other = Given.Read<PluginVersionSpec>("""{"version":"1.0.0","image":"ghcr.io/dotmac/plugin-twilio:1.0.0","operations":[{"name":"send_sms"}]}""");
        PluginRevision.Of("twilio", new TenantPluginSpec(), other).Name.Should().Be(Name("""{"plugin":"twilio"}"""));
        other.Image = "ghcr.io/dotmac/plugin-twilio:1.0.0-2";
        PluginRevision.Of("twilio", new TenantPluginSpec(), other).Name.Should().NotBe(Name("""{"plugin":"twilio"}"""));
    }

    [Fact]
    public void Put_back_it_brings_what_makes_pods_and_leaves_how_they_are_run()
    {
        var revision = PluginRevision.Of("twilio", Given.Read<TenantPluginSpec>("""{"plugin":"twilio","config":{"a":1},"replicas":1,"callers":[]}"""), Version);
        var current = Given.Plugin("""{"plugin":"twilio","version":"2.0.0","config":{"a":2,"b":3},"reload":"Hot","replicas":5,"enabled":true,"upgradePolicy":"Minor"}""");
        var back = revision.Of(current);
        back.Spec.Should().BeEquivalentTo(new { Plugin = "twilio", Version = "1.0.0", Reload = (object?)null, Replicas = 5, Enabled = true, UpgradePolicy = UpgradePolicy.Manual });
        back.Spec.Config!.Value.GetRawText().Should().Be("""{"a":1}""");
        back.Spec.Callers.Should().BeNull();
        back.Metadata.Should().BeSameAs(current.Metadata);
        current.Spec.Version.Should().Be("2.0.0");
    }

    [Fact]
    public void No_member_of_a_spec_is_lost_on_the_way()
    {
        var members = typeof(TenantPluginSpec).GetProperties();
        var current = new TenantPluginSpec();
        foreach (var member in members)
        {
            var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            member.SetValue(current, Sample(type));
        }

        var whole = RevisionFields.Onto(RevisionFields.Of(current), current);
        foreach (var member in members)
        {
            member.GetValue(whole).Should().NotBeNull(member.Name);
        }

        foreach (var name in RevisionFields.All)
        {
            members.Should().Contain(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase), name);
        }
    }

    private static object Sample(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(System.Text.Json.JsonElement) ? System.Text.Json.JsonElement.Parse("{}")
        : type.IsInterface ? Array.CreateInstance(type.GetGenericArguments()[0], 0)
        : Activator.CreateInstance(type)!;

    private static string Name(string spec) => PluginRevision.Of("twilio", Given.Read<TenantPluginSpec>(spec), Version).Name;
}
