using System.Text.RegularExpressions;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Desired;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 200)]
public sealed partial class LabelTests
{
    [Property]
    public void Every_label_of_every_object_is_valid(ResourceName name, TenantId tenant, SemanticVersion version)
    {
        var inputs = Given.Inputs(
            """{"plugin":"twilio","ingress":{"host":"hooks.example.com"}}""",
            Given.Definition($$"""[{"version":"{{version.Text}}","image":"example/plugin:1"}]"""),
            tenant: tenant.Text,
            name: name.Text);
        foreach (var child in DesiredState.Of(inputs))
        {
            child.Metadata.Labels!.Values.Should().OnlyContain(value => value.Length <= 63 && LabelValue().IsMatch(value), "{0} {1} {2}", name, tenant, version);
            child.Metadata.Name.Should().Be(name.Text);
        }
    }

    [Property]
    public void The_selector_depends_on_the_name_alone(ResourceName name, TenantId tenant, TenantId otherTenant, SemanticVersion version)
    {
        // The API server refuses to change the selector of a Deployment for ever.
        var one = Given.Inputs(name: name.Text, tenant: tenant.Text);
        var other = Given.Inputs(
            """{"plugin":"other","replicas":2,"enabled":false,"config":{"a":1}}""",
            Given.Definition($$"""[{"version":"{{version.Text}}","image":"example/other:1"}]""", "other"),
            name: name.Text,
            tenant: otherTenant.Text);
        var selector = Given.Desired<V1Deployment>(one).Spec!.Selector!.MatchLabels!;
        Given.Desired<V1Deployment>(other).Spec!.Selector!.MatchLabels.Should().BeEquivalentTo(selector);
        Given.Desired<V1Service>(one).Spec!.Selector.Should().BeEquivalentTo(selector);
        Given.Desired<V1NetworkPolicy>(one).Spec!.PodSelector!.MatchLabels.Should().BeEquivalentTo(selector);
        Given.Desired<V1Deployment>(one).Spec!.Template!.Metadata!.Labels.Should().Contain(selector, "pods must be found by it");
    }

    [Property]
    public void Two_names_never_share_a_selector(ResourceName left, ResourceName right) =>
        (ChildMetadata.LabelValue(left.Text) == ChildMetadata.LabelValue(right.Text)).Should().Be(left == right);

    [Theory]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1.2.3+b5", "1.2.3_b5")]
    [InlineData("", "")]
    public void A_text_that_is_valid_stays_as_it_is(string text, string expected) => ChildMetadata.LabelValue(text).Should().Be(expected);

    [Fact]
    public void A_version_that_ends_in_a_dash_is_no_label_and_gets_a_hash() =>
        ChildMetadata.LabelValue("1.0.0-a-").Should().MatchRegex("^1\\.0\\.0-a--[0-9a-f]{8}$");

    [Fact]
    public void Objects_carry_the_recommended_labels_and_belong_to_the_plugin()
    {
        foreach (var child in DesiredState.Of(Samples.Everything()))
        {
            child.Metadata.Namespace.Should().Be(Given.Namespace);
            child.Metadata.Labels.Should().Contain(new Dictionary<string, string>
            {
                ["app.kubernetes.io/name"] = "twilio",
                ["app.kubernetes.io/instance"] = "twilio",
                ["app.kubernetes.io/version"] = "1.1.0",
                ["app.kubernetes.io/managed-by"] = "dotmac-operator",
                [Labels.Plugin] = "twilio",
                [Labels.Tenant] = "acme",
            });
            child.Metadata.OwnerReferences.Should().ContainSingle().Which.Should().BeEquivalentTo(new
            {
                ApiVersion = "plugins.dotmac.io/v1alpha1",
                Kind = "TenantPlugin",
                Name = "twilio",
                Given.Uid,
                Controller = true,
                BlockOwnerDeletion = true,
            });
        }
    }

    [GeneratedRegex("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();
}
