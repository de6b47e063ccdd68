using System.Net;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.References;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace DotMac.Operator.Tests.Secrets;

public sealed class SecretCheckTests
{
    private readonly IKubernetesClient _client = Substitute.For<IKubernetesClient>();
    private readonly IResource<V1Secret> _secrets = Substitute.For<IResource<V1Secret>>();

    public SecretCheckTests() => _client.Resource<V1Secret>().Returns(_secrets);

    [Fact]
    public async Task A_config_without_references_asks_nobody()
    {
        (await CheckAsync("""{"a":1,"b":"${env:HOME}"}""")).Should().BeEquivalentTo(new { Status = "True", Reason = "NoSecrets" });
        _secrets.ReceivedCalls().Should().BeEmpty();
    }

    [Fact]
    public async Task Secrets_with_their_keys_are_found_each_asked_for_once()
    {
        Exists("one", "x", "y");
        Exists("two", "z");
        (await CheckAsync("""{"a":"${secret:one/x}","b":"${secret:one/y}","c":"${secret:two/z}"}"""))
            .Should().BeEquivalentTo(new { Status = "True", Reason = "SecretsFound" });
        await _secrets.Received(1).GetAsync(new ObjectKey(Given.Namespace, "one"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_missing_Secret_is_named_with_the_field_and_the_key()
    {
        var verdict = await CheckAsync("""{"a":{"b":["${secret:gone/token}"]}}""");
        verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "SecretNotFound" });
        verdict.Message.Should().Contain("/spec/config/a/b/0").And.Contain("Secret gone").And.Contain("key token").And.Contain(Given.Namespace);
    }

    [Fact]
    public async Task A_missing_key_is_named_with_the_field()
    {
        Exists("one", "x");
        var verdict = await CheckAsync("""{"a":"${secret:one/x}","b":"${secret:one/X}"}""");
        verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "SecretNotFound" });
        verdict.Message.Should().Contain("/spec/config/b").And.Contain("key X of Secret one");
    }

    [Fact]
    public async Task An_empty_Secret_has_no_key()
    {
        _secrets.GetAsync(Arg.Any<ObjectKey>(), Arg.Any<CancellationToken>()).Returns(new V1Secret());
        (await CheckAsync("""{"a":"${secret:one/x}"}""")).IsFalse.Should().BeTrue();
    }

    [Fact]
    public async Task What_the_operator_may_not_see_is_unknown_and_nothing_is_stopped_for_it()
    {
        _secrets.GetAsync(Arg.Any<ObjectKey>(), Arg.Any<CancellationToken>()).ThrowsAsync(Error(HttpStatusCode.Forbidden));
        var verdict = await CheckAsync("""{"a":"${secret:one/x}"}""");
        verdict.Status.Should().Be("Unknown");
        verdict.Message.Should().Contain("may not read Secret one in tenant-acme").And.Contain("grant");
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_again()
    {
        _secrets.GetAsync(Arg.Any<ObjectKey>(), Arg.Any<CancellationToken>()).ThrowsAsync(Error(HttpStatusCode.ServiceUnavailable));
        await this.Invoking(t => t.CheckAsync("""{"a":"${secret:one/x}"}""")).Should().ThrowAsync<ApiException>();
    }

    [Fact]
    public async Task Without_an_address_of_Vault_it_is_unknown_whether_Vault_has_it()
    {
        var verdict = await CheckAsync("""{"a":"${vault:p/k}"}""");
        verdict.Should().BeEquivalentTo(new { Status = "Unknown", Reason = "VaultNotConfigured" });
        verdict.Message.Should().Contain("--vault-address");
        _secrets.ReceivedCalls().Should().BeEmpty();
    }

    [Fact]
    public async Task Vault_is_asked_when_all_Secrets_are_there()
    {
        Exists("one", "x");
        var vault = new FakePluginVault { Outcome = new SecretsOutcome(Verdict.False("SecretNotFound", "write it"), "v1", TimeSpan.FromSeconds(3)) };
        var references = ConfigReferences.Scan(Given.Json("""{"a":"${vault:p/k}","b":"${secret:one/x}"}""")).References;
        (await new SecretCheck(_client, vault).CheckAsync(Given.Namespace, references, VaultSetup.Wants("p/k"), watchVersions: true, default)).Should().Be(vault.Outcome);
        vault.Ensured.Should().ContainSingle().Which.WatchVersions.Should().BeTrue();
    }

    [Fact]
    public async Task Who_renders_its_secrets_itself_wants_nothing_of_Vault()
    {
        var vault = new FakePluginVault();
        var references = ConfigReferences.Scan(Given.Json("""{"a":"${vault:p/k}"}""")).References;
        (await new SecretCheck(_client, vault).CheckAsync(Given.Namespace, references, access: null, watchVersions: false, default)).Verdict.Reason.Should().Be("NoSecrets");
        vault.Ensured.Should().BeEmpty();
    }

    [Fact]
    public async Task A_missing_Secret_weighs_more_than_not_knowing_of_Vault() =>
        (await CheckAsync("""{"a":"${vault:p/k}","b":"${secret:gone/x}"}""")).Reason.Should().Be("SecretNotFound");

    private static ApiException Error(HttpStatusCode code) => new("GET", code, new V1Status { Message = code.ToString() });

    private void Exists(string name, params string[] keys) =>
        _secrets.GetAsync(new ObjectKey(Given.Namespace, name), Arg.Any<CancellationToken>()).Returns(new V1Secret { Keys = keys });

    private async Task<Verdict> CheckAsync(string config)
    {
        var references = ConfigReferences.Scan(Given.Json(config)).References;
        var access = references.Any(static r => r.Reference.Kind == ReferenceKind.Vault) ? VaultSetup.Wants("p/k") : null;
        return (await new SecretCheck(_client, vault: null).CheckAsync(Given.Namespace, references, access, watchVersions: false, default)).Verdict;
    }
}
