using DotMac.Operator.Configuration;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Secrets;

public sealed class PluginAccessTests
{
    [Fact]
    public void Each_path_is_wanted_once_in_order_and_nothing_that_is_not_in_Vault()
    {
        var access = Of("""{"plugin":"twilio","config":{"a":"${vault:z/k}","b":"${secret:s/k}","c":"${env:HOME}","d":"${vault:a/b/k}-${vault:z/other}"}}""")!;
        access.Paths.Should().Equal("a/b", "z");
        access.References.Select(static r => r.Pointer).Should().Equal("/a", "/d", "/d");
        access.Name.Should().Be("dotmac-acme-twilio");
        access.IsManaged.Should().BeTrue();
        access.AuthMount.Should().Be("kubernetes");
    }

    [Theory]
    [InlineData("""{"plugin":"twilio"}""")]
    [InlineData("""{"plugin":"twilio","config":{"a":"${secret:s/k}"}}""")]
    [InlineData("""{"plugin":"twilio","config":{"a":"$${vault:p/k}"}}""")]
    public void Who_refers_to_nothing_in_Vault_wants_nothing_of_it(string spec) => Of(spec).Should().BeNull();

    [Fact]
    public void A_role_of_ones_own_is_nobody_elses_business()
    {
        var access = Of("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"role":"mine","authPath":"auth/team/k8s"}}""")!;
        access.OwnRole.Should().Be("mine");
        access.IsManaged.Should().BeFalse();
        access.AuthMount.Should().Be("team/k8s");
    }

    [Fact]
    public void Where_to_log_in_is_the_operators_setting_where_a_spec_is_silent() =>
        Of("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", new VaultOptions { AuthPath = "auth/cluster-1" })!.AuthMount.Should().Be("cluster-1");

    private static PluginAccess? Of(string spec, VaultOptions? options = null)
    {
        var evaluation = Given.Evaluation(Given.Plugin(spec));
        return PluginAccess.Of(Given.Namespace, "twilio", Given.Tenant, evaluation.Effective, evaluation.References, options ?? new VaultOptions());
    }
}
