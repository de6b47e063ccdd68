using DotMac.Operator.Configuration;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Vault.KubernetesAuth;

namespace DotMac.Operator.Tests.Secrets;

public sealed class PluginRoleTests
{
    [Fact]
    public void It_is_bound_to_one_service_account_of_one_namespace_and_to_one_audience_for_a_bounded_time() =>
        PluginRole.Of(VaultSetup.Wants("twilio/k"), new VaultOptions { Audience = "vault.example", TokenTtl = TimeSpan.FromMinutes(20), TokenMaxTtl = TimeSpan.FromHours(4) })
            .Should().BeEquivalentTo(new KubernetesRole
            {
                ServiceAccountNames = ["twilio"],
                ServiceAccountNamespaces = ["tenant-acme"],
                Audience = "vault.example",
                TokenPolicies = ["dotmac-acme-twilio"],
                TokenTtl = TimeSpan.FromMinutes(20),
                TokenMaxTtl = TimeSpan.FromHours(4),
            });

    [Theory]
    [InlineData("twilio", "tenant-acme", true)]
    [InlineData("*", "tenant-acme", false)]
    [InlineData("twilio", "*", false)]
    [InlineData("twilio,slack", "tenant-acme", false)]
    [InlineData("twilio", "tenant-acme,tenant-globex", false)]
    [InlineData("slack", "tenant-acme", false)]
    [InlineData("twilio", "tenant-globex", false)]
    [InlineData("", "", false)]
    public void It_is_this_plugins_only_when_nobody_else_is_bound_to_it(string names, string namespaces, bool expected) =>
        PluginRole.IsOf(
            new KubernetesRole
            {
                ServiceAccountNames = names.Split(',', StringSplitOptions.RemoveEmptyEntries),
                ServiceAccountNamespaces = namespaces.Split(',', StringSplitOptions.RemoveEmptyEntries),
            },
            VaultSetup.Wants("twilio/k")).Should().Be(expected);
}
