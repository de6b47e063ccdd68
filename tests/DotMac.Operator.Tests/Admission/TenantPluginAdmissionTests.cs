using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Admission;

namespace DotMac.Operator.Tests.Admission;

public sealed class TenantPluginAdmissionTests
{
    private const string Versions = """
        [{"version":"1.0.0","image":"example/plugin:1","resources":{"limits":{"memory":"128Mi"}},
          "configSchema":{"type":"object","required":["account"],"properties":{"account":{"type":"string"},"token":{"type":"string","x-dotmac-secret":true}}}}]
        """;

    [Theory]
    [InlineData("""{"plugin":"twilio","config":{"account":"a"}}""")]
    [InlineData("""{"plugin":"twilio","version":"1.0.0","config":{"account":"a","token":"${vault:a/b}"}}""")]
    public void What_is_right_may_be_stored(string spec) => Errors(spec).Should().BeEmpty();

    [Theory]
    [InlineData("""{"plugin":"twilio","config":{}}""", "/spec/config/account")]
    [InlineData("""{"plugin":"twilio","config":{"account":1}}""", "/spec/config/account")]
    [InlineData("""{"plugin":"twilio","version":"9.0.0","config":{"account":"a"}}""", "/spec/version")]
    [InlineData("""{"plugin":"twilio","replicas":1000,"config":{"account":"a"}}""", "/spec/replicas")]
    [InlineData("""{"plugin":"twilio","config":{"account":"a","token":"in plain text"}}""", "/spec/config/token")]
    public void What_is_wrong_is_refused_with_its_field(string spec, string pointer) => Errors(spec).Should().Contain(pointer);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_and_no_value_with_it()
    {
        var verdict = TenantPluginAdmission.OfWrite(null, Given.Plugin("""{"plugin":"twilio","replicas":-1,"config":{"token":"hunter2"}}"""), Given.Definition(Versions), TenantView.Empty);
        verdict.Errors.Should().HaveCountGreaterThanOrEqualTo(3);
        string.Join(' ', verdict.Errors).Should().NotContain("hunter2");
    }

    [Fact]
    public void A_definition_may_come_later_and_that_is_said()
    {
        var verdict = TenantPluginAdmission.OfWrite(null, Given.Plugin(), null, TenantView.Empty);
        verdict.Errors.Should().BeEmpty();
        verdict.Warnings.Should().ContainSingle().Which.Should().Contain("twilio").And.Contain("waits");
    }

    [Fact]
    public void Another_plugin_in_its_place_is_refused() =>
        TenantPluginAdmission.OfWrite(Given.Plugin("""{"plugin":"other","config":{"account":"a"}}"""), Given.Plugin("""{"plugin":"twilio","config":{"account":"a"}}"""), Given.Definition(Versions), TenantView.Empty)
            .Errors.Should().ContainSingle().Which.Pointer.Should().Be("/spec/plugin");

    [Fact]
    public void What_was_stored_wrong_can_be_labelled_and_can_go()
    {
        var wrong = Given.Plugin("""{"plugin":"twilio","replicas":1000}""");
        TenantPluginAdmission.OfWrite(wrong, Given.Plugin("""{"plugin":"twilio","replicas":1000}"""), Given.Definition(Versions), TenantView.Empty).Errors.Should().BeEmpty();
        var going = Given.Plugin("""{"plugin":"twilio","replicas":2000}""");
        going.Metadata.DeletionTimestamp = Given.Now;
        TenantPluginAdmission.OfWrite(wrong, going, Given.Definition(Versions), TenantView.Empty).Errors.Should().BeEmpty("its finalizer must come off");
    }

    [Fact]
    public void Much_more_than_is_advised_is_warned_of() =>
        TenantPluginAdmission.OfWrite(null, Given.Plugin("""{"plugin":"twilio","config":{"account":"a"},"resources":{"limits":{"memory":"1Gi","cpu":"4"}}}"""), Given.Definition(Versions), TenantView.Empty)
            .Warnings.Should().ContainSingle().Which.Should().Contain("/spec/resources/limits/memory").And.Contain("128Mi");

    [Fact]
    public void What_others_need_stays_unless_it_is_forced()
    {
        var (needed, needing) = (Given.Plugin("""{"plugin":"base"}""", "base"), Given.Plugin("""{"plugin":"top"}""", "top"));
        (needed.Metadata.Uid, needing.Metadata.Uid) = ("1", "2");
        static PluginDefinition? Needs(string name) => name == "top" ? Given.Definition("""[{"version":"1.0.0","image":"x:1","dependencies":[{"plugin":"base"}]}]""", "top") : null;
        TenantPluginAdmission.OfDelete(needed, [needed, needing], Needs).Errors.Should().ContainSingle().Which.Message.Should().StartWith("top needs it").And.Contain("force-delete=true");
        TenantPluginAdmission.OfDelete(needing, [needed, needing], Needs).Errors.Should().BeEmpty();
        var second = Given.Plugin("""{"plugin":"base"}""", "second");
        second.Metadata.Uid = "3";
        TenantPluginAdmission.OfDelete(needed, [needed, needing, second], Needs).Errors.Should().BeEmpty("another one does as well");
        needed.Metadata.Annotations = new Dictionary<string, string> { [Annotations.ForceDelete] = "true" };
        TenantPluginAdmission.OfDelete(needed, [needed, needing], Needs).Errors.Should().BeEmpty();
    }

    [Fact]
    public void A_deprecated_version_and_a_missing_dependency_are_warned_of()
    {
        var definition = Given.Definition("""[{"version":"1.0.0","image":"x:1","deprecated":"it leaks; use 2.0.0","dependencies":[{"plugin":"other","version":">=1.0.0"}]}]""");
        TenantPluginAdmission.OfWrite(null, Given.Plugin(), definition, TenantView.Empty).Warnings.Should().SatisfyRespectively(
            static w => w.Should().Be("/spec/version: twilio 1.0.0 is deprecated: it leaks; use 2.0.0"),
            static w => w.Should().Contain("other >=1.0.0").And.Contain("not installed"));
        TenantPluginAdmission.OfWrite(null, Given.Plugin(), definition, TenantView.Empty with { Installed = [Given.Plugin("""{"plugin":"other"}""", "other")] }).Warnings.Should().ContainSingle();
        TenantPluginAdmission.OfWrite(Given.Plugin(), Given.Plugin("""{"plugin":"twilio","replicas":2}"""), definition, TenantView.Empty).Warnings.Should().ContainSingle();
    }

    private static IEnumerable<string> Errors(string spec) => TenantPluginAdmission.OfWrite(null, Given.Plugin(spec), Given.Definition(Versions), TenantView.Empty).Errors.Select(static e => e.Pointer);
}
