using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Reconciliation;

public sealed class EvaluatorTests
{
    private const string Schema =
        """
        [{ "version": "1.0.0", "image": "example/plugin:1",
           "dependencies": [ { "plugin": "other", "version": ">=1.0.0" } ],
           "configSchema": {
             "type": "object", "required": ["authToken"],
             "properties": { "authToken": { "type": "string", "x-dotmac-secret": true }, "phoneNumber": { "type": "string", "pattern": "^\\+[0-9]+$" } } } }]
        """;

    [Fact]
    public void A_good_spec_is_valid_and_comes_with_its_references_and_dependencies()
    {
        var evaluation = Of("""{"plugin":"twilio","config":{"authToken":"${vault:twilio/token}","phoneNumber":"+15005550006"}}""", Given.Definition(Schema));
        evaluation.IsValid.Should().BeTrue();
        evaluation.Config.Reason.Should().Be("Valid");
        evaluation.Tenant.Should().Be("acme");
        evaluation.Effective.Image.Should().Be("example/plugin:1");
        evaluation.References.Should().Equal(new LocatedReference("/authToken", new ConfigReference(ReferenceKind.Vault, "twilio", "token")));
        evaluation.Dependencies.Should().ContainSingle().Which.Plugin.Should().Be("other");
    }

    [Fact]
    public void A_namespace_without_the_label_is_no_tenant_and_the_message_is_the_command_that_makes_it_one()
    {
        var evaluation = Evaluator.Of(Given.Plugin(), Given.NamespaceOf(tenant: null), Given.Definition());
        Refused(evaluation, "NotATenant").Should().Contain("kubectl label namespace tenant-acme plugins.dotmac.io/tenant=");
        evaluation.Tenant.Should().BeNull();
        Evaluator.Of(Given.Plugin(), null, Given.Definition()).Config.Reason.Should().Be("NotATenant");
        Evaluator.Of(Given.Plugin(), Given.NamespaceOf(string.Empty), Given.Definition()).Config.Reason.Should().Be("NotATenant");
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("with.dot")]
    [InlineData("Upper")]
    [InlineData("a-")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_that_no_Service_can_bear_is_refused_once(string name)
    {
        var message = Refused(Evaluator.Of(Given.Plugin(name: name), Given.NamespaceOf(), Given.Definition()), "SpecInvalid");
        message.Should().StartWith("/metadata/name: ").And.Contain("Service");
        message.Split("/metadata/name").Should().HaveCount(2, "one mistake is told once");
    }

    [Theory]
    [InlineData("""{}""", "/spec/plugin")]
    [InlineData("""{"plugin":"twilio","replicas":101}""", "/spec/replicas")]
    [InlineData("""{"plugin":"twilio","reload":"Sometimes"}""", "/spec/reload")]
    [InlineData("""{"plugin":"twilio","vault":{"authPath":"auth/../sys"}}""", "/spec/vault/authPath")]
    [InlineData("""{"plugin":"twilio","callers":[{"namespace":"*"}]}""", "/spec/callers/0/namespace")]
    public void A_spec_of_the_wrong_shape_is_refused_with_the_place(string spec, string place) => Refused(Of(spec), "SpecInvalid").Should().Contain(place);

    [Fact]
    public void A_definition_that_is_not_there_is_named() =>
        Refused(Evaluator.Of(Given.Plugin("""{"plugin":"twillio"}"""), Given.NamespaceOf(), null), "DefinitionNotFound")
            .Should().StartWith("/spec/plugin: ").And.Contain("twillio").And.Contain("kubectl get plugindefinitions");

    [Fact]
    public void A_definition_with_errors_is_somebody_elses_to_correct() =>
        Refused(Of("""{"plugin":"twilio"}""", Given.Definition("""[{"version":"1.0","image":"NoTag"}]""")), "DefinitionInvalid")
            .Should().Contain("PluginDefinition twilio").And.Contain("platform administrator").And.Contain("/spec/versions/0/version");

    [Fact]
    public void An_unknown_version_is_named_with_those_there_are() =>
        Refused(Of("""{"plugin":"twilio","version":"2.0.0"}""", Samples.TwoVersions()), "VersionNotFound")
            .Should().Contain("/spec/version").And.Contain("2.0.0").And.Contain("1.0.0, 1.1.0");

    [Theory]
    [InlineData("""{}""", "/spec/config")]
    [InlineData("""{"authToken":"${secret:s/k}","phoneNumber":"0800"}""", "/spec/config/phoneNumber")]
    [InlineData("""{"authToken":"${vault:../other/token}"}""", "/spec/config/authToken")]
    [InlineData("""{"authToken":"${vault:/etc/token}"}""", "/spec/config/authToken")]
    [InlineData("""[]""", "/spec/config")]
    public void A_config_that_breaks_the_schema_or_leaves_the_tenants_secrets_is_refused_with_the_place(string config, string place) =>
        Refused(Of($$"""{"plugin":"twilio","config":{{config}}}""", Given.Definition(Schema)), "ConfigInvalid").Should().Contain(place);

    [Fact]
    public void A_secret_in_plain_text_is_refused_and_not_repeated() =>
        Refused(Of("""{"plugin":"twilio","config":{"authToken":"canary-81d0"}}""", Given.Definition(Schema)), "ConfigInvalid")
            .Should().Contain("/spec/config/authToken").And.NotContain("canary-81d0");

    [Fact]
    public void What_cannot_be_resolved_still_says_what_was_asked_for()
    {
        var effective = Evaluator.Of(Given.Plugin("""{"plugin":"twilio","version":"9.9.9","enabled":false}"""), Given.NamespaceOf(), null).Effective;
        effective.Should().BeEquivalentTo(new { Plugin = "twilio", Version = "9.9.9", Enabled = false, Image = (string?)null });
    }

    private static Evaluation Of(string spec, PluginDefinition? definition = null) => Given.Evaluation(Given.Plugin(spec), definition);

    private static string Refused(Evaluation evaluation, string reason)
    {
        evaluation.IsValid.Should().BeFalse();
        evaluation.Config.Should().BeEquivalentTo(new { Status = "False", Reason = reason });
        return evaluation.Config.Message;
    }
}
