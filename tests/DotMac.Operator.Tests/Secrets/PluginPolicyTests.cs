using System.Net;
using DotMac.Operator.Configuration;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.StandIns.Vault;

namespace DotMac.Operator.Tests.Secrets;

/// <summary>The policy of a plugin, enforced by a Vault.</summary>
public sealed class PluginPolicyTests : IAsyncLifetime
{
    private VaultSetup _vault = null!;

    public async Task InitializeAsync()
    {
        _vault = await VaultSetup.StartAsync();
        await _vault.WriteAsync("tenants/acme/twilio/inner", "key");
        await _vault.WriteAsync("tenants/acme/twilio2", "key");
        await _vault.WriteAsync("tenants/acme/slack", "key");
    }

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    [Fact]
    public void The_text_is_the_mark_and_two_exact_paths_a_secret() => PluginPolicy.Of(VaultSetup.Wants("twilio/auth_token", "twilio/account_sid"), new VaultOptions(), "c1").Should().Be(
        """
        # Written by dotmac-operator for TenantPlugin tenant-acme/twilio of cluster c1
        path "secret/data/tenants/acme/twilio" {
          capabilities = ["read"]
        }
        path "secret/metadata/tenants/acme/twilio" {
          capabilities = ["read"]
        }

        """);

    [Fact]
    public void The_order_in_which_a_config_refers_to_secrets_does_not_matter() =>
        PluginPolicy.Of(VaultSetup.Wants("a/x", "b/y", "a/z"), new VaultOptions(), "c1").Should().Be(PluginPolicy.Of(VaultSetup.Wants("b/y", "a/z", "a/x"), new VaultOptions(), "c1"));

    [Theory]
    [InlineData("GET", "secret/data/tenants/acme/twilio", 200)]
    [InlineData("GET", "secret/metadata/tenants/acme/twilio", 200)]
    [InlineData("GET", "secret/data/tenants/acme/shared/keys", 200)]
    [InlineData("GET", "secret/data/tenants/globex/twilio", 403)]
    [InlineData("GET", "secret/metadata/tenants/globex/twilio", 403)]
    [InlineData("GET", "secret/data/tenants/acme/slack", 403)]
    [InlineData("GET", "secret/data/tenants/acme/twilio2", 403)]
    [InlineData("GET", "secret/data/tenants/acme/twilio/inner", 403)]
    [InlineData("GET", "secret/data/tenants/acme/shared", 403)]
    [InlineData("GET", "secret/data/tenants/acme", 403)]
    [InlineData("GET", "secret/subkeys/tenants/acme/slack", 403)]
    [InlineData("GET", "secret/metadata/tenants/acme/?list=true", 403)]
    [InlineData("GET", "secret/metadata/tenants/acme/twilio?list=true", 403)]
    [InlineData("LIST", "secret/metadata/", 403)]
    [InlineData("POST", "secret/data/tenants/acme/twilio", 403)]
    [InlineData("PATCH", "secret/data/tenants/acme/twilio", 403)]
    [InlineData("DELETE", "secret/data/tenants/acme/twilio", 403)]
    [InlineData("DELETE", "secret/metadata/tenants/acme/twilio", 403)]
    [InlineData("POST", "secret/destroy/tenants/acme/twilio", 403)]
    [InlineData("GET", "sys/policies/acl/dotmac-acme-twilio", 403)]
    [InlineData("GET", "auth/kubernetes/role/dotmac-acme-twilio", 403)]
    [InlineData("PUT", "sys/policies/acl/dotmac-acme-twilio", 403)]
    public async Task It_opens_the_secrets_that_are_referred_to_and_nothing_beside_them(string method, string path, int status)
    {
        _vault.Server.WritePolicy("plugin", PluginPolicy.Of(VaultSetup.Wants("twilio/auth_token", "shared/keys/value"), new VaultOptions(), "c1"));
        (await _vault.AnswerAsync(method, path, _vault.Server.IssueToken(null, "plugin"), method is "GET" or "LIST" or "DELETE" ? null : """{"data":{"a":"b"},"policy":"x"}"""))
            .Should().Be((HttpStatusCode)status);
    }

    [Theory]
    [InlineData("a~b@c=d,e:f")]
    [InlineData("...")]
    [InlineData("-")]
    [InlineData("path.with-dots_and/MORE/segments")]
    public async Task Every_character_that_a_path_may_have_means_itself(string path)
    {
        await _vault.WriteAsync($"tenants/acme/{path}", "key");
        await _vault.WriteAsync($"tenants/acme/x{path}", "key");
        _vault.Server.WritePolicy("plugin", PluginPolicy.Of(VaultSetup.Wants($"{path}/key"), new VaultOptions(), "c1"));
        var token = _vault.Server.IssueToken(null, "plugin");
        (await _vault.AnswerAsync("GET", $"secret/data/tenants/acme/{path}", token)).Should().Be(HttpStatusCode.OK);
        (await _vault.AnswerAsync("GET", $"secret/data/tenants/acme/x{path}", token)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_mount_and_a_prefix_of_ones_own_are_the_policys_too()
    {
        var options = new VaultOptions { Mount = "team/kv", PathPrefix = "{tenant}" };
        await using var server = await VaultStandIn.StartAsync(new VaultStandInOptions { KeyValueMounts = ["team/kv"] });
        server.WritePolicy("plugin", PluginPolicy.Of(VaultSetup.Wants("twilio/k"), options, "c1"));
        PluginPolicy.Of(VaultSetup.Wants("twilio/k"), options, "c1").Should().Contain("path \"team/kv/data/acme/twilio\"").And.Contain("path \"team/kv/metadata/acme/twilio\"");
    }
}
