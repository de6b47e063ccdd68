using DotMac.Operator.Admission;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Admission;

public sealed class PluginDefinitionAdmissionTests
{
    private const string Two = """[{"version":"1.0.0","image":"example/plugin:1"},{"version":"2.0.0","image":"example/plugin:2"}]""";

    [Fact]
    public void A_definition_with_mistakes_is_refused_with_their_fields() =>
        Errors(null, """[{"version":"v1","image":"NoTag"}]""").Should().Contain(["/spec/versions/0/version", "/spec/versions/0/image"]);

    [Fact]
    public void A_version_that_nobody_runs_may_change_and_go()
    {
        Errors(Two, """[{"version":"2.0.0","image":"example/plugin:2"}]""", Installed("2.0.0")).Should().BeEmpty();
        Errors(Two, """[{"version":"1.0.0","image":"example/plugin:1b"},{"version":"2.0.0","image":"example/plugin:2"}]""", Installed("2.0.0")).Should().BeEmpty();
    }

    [Fact]
    public void A_version_that_somebody_runs_stays_as_it_is()
    {
        var verdict = PluginDefinitionAdmission.OfWrite(
            Given.Definition(Two), Given.Definition("""[{"version":"1.0.0","image":"example/plugin:1b"},{"version":"2.0.0","image":"example/plugin:2"}]"""), [Installed("1.0.0")], static _ => null);
        verdict.Errors.Should().ContainSingle().Which.Message.Should().Contain("tenant-acme/twilio is installed with it").And.Contain("another number");
        Errors(Two, """[{"version":"2.0.0","image":"example/plugin:2"}]""", Installed("1.0.0")).Should().Equal("/spec/versions");
    }

    [Fact]
    public void What_a_status_says_runs_counts_as_much_as_what_a_spec_asks_for()
    {
        var plugin = Installed("2.0.0");
        plugin.Status = new TenantPluginStatus { Version = "1.0.0" };
        Errors(Two, """[{"version":"2.0.0","image":"example/plugin:2"}]""", plugin).Should().Equal("/spec/versions");
    }

    [Fact]
    public void A_new_version_may_always_come() =>
        Errors(Two, """[{"version":"1.0.0","image":"example/plugin:1"},{"version":"2.0.0","image":"example/plugin:2"},{"version":"3.0.0","image":"example/plugin:3"}]""", Installed("1.0.0"))
            .Should().BeEmpty();

    [Fact]
    public void A_definition_that_is_used_is_not_deleted_and_who_uses_it_is_told()
    {
        PluginDefinitionAdmission.OfDelete("twilio", []).Errors.Should().BeEmpty();
        var many = Enumerable.Range(0, 7).Select(static i => Given.Plugin(name: $"p{i}")).ToList();
        PluginDefinitionAdmission.OfDelete("twilio", many).Errors.Should().ContainSingle()
            .Which.Message.Should().Be("tenant-acme/p0, tenant-acme/p1, tenant-acme/p2, tenant-acme/p3, tenant-acme/p4 and 2 more are installed from twilio; delete them first");
    }

    private static TenantPlugin Installed(string version) => Given.Plugin($$"""{"plugin":"twilio","version":"{{version}}"}""");

    private static IEnumerable<string> Errors(string? before, string after, params TenantPlugin[] installed) =>
        PluginDefinitionAdmission.OfWrite(before is null ? null : Given.Definition(before), Given.Definition(after), installed, static _ => null).Errors.Select(static e => e.Pointer);

    [Fact]
    public void A_circle_is_refused_and_shown()
    {
        const string NeedsOther = """[{"version":"1.0.0","image":"example/plugin:1","dependencies":[{"plugin":"other"}]}]""";
        var other = Given.Definition("""[{"version":"1.0.0","image":"example/other:1","dependencies":[{"plugin":"twilio"}]}]""", "other");
        var error = PluginDefinitionAdmission.OfWrite(null, Given.Definition(NeedsOther), [], name => name == "other" ? other : null).Errors.Should().ContainSingle().Subject;
        error.Pointer.Should().Be("/spec/versions/0/dependencies");
        error.Message.Should().Contain("twilio → other → twilio");
    }

    [Fact]
    public void A_version_in_use_can_be_deprecated() => PluginDefinitionAdmission.OfWrite(
            Given.Definition("""[{"version":"1.0.0","image":"example/plugin:1"}]"""),
            Given.Definition("""[{"version":"1.0.0","image":"example/plugin:1","deprecated":"old"}]"""),
            [Installed("1.0.0")],
            static _ => null)
        .Errors.Should().BeEmpty();
}
