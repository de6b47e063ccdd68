using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Testing.Time;
using NSubstitute;

namespace DotMac.Operator.Tests.Secrets;

public sealed class VaultFinalizerTests : IAsyncLifetime
{
    private readonly FakeClient _client = new();
    private readonly FakePluginVault _vault = new();
    private readonly IEventRecorder _events = Substitute.For<IEventRecorder>();
    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly TenantPlugin _plugin = Given.Plugin("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""");
    private readonly VaultFinalizer _finalizer;

    public VaultFinalizerTests()
    {
        _finalizer = new VaultFinalizer(_vault, new PluginCaches(_client.Informers), _events, _clock);
        _client.Fake<V1Namespace>().Items.AddRange([Given.NamespaceOf(), Given.NamespaceOf(tenant: null, "plain")]);
        _plugin.Metadata.DeletionTimestamp = Given.Now;
    }

    public Task InitializeAsync() => _client.SyncAsync();

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Theory]
    [InlineData("""{"plugin":"twilio","config":{"a":["x-${vault:p/k}"]}}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:broken"}}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"role":""}}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"role":"mine"}}""", false)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${secret:p/k}"}}""", false)]
    [InlineData("""{"plugin":"twilio","config":{}}""", false)]
    [InlineData("""{"plugin":"twilio"}""", false)]
    public void It_is_put_on_plugins_that_may_have_something_in_Vault(string spec, bool expected)
    {
        _finalizer.AppliesTo(Given.Plugin(spec)).Should().Be(expected);
        _finalizer.Identifier.Should().Be("plugins.dotmac.io/vault");
    }

    [Fact]
    public async Task It_removes_and_lets_go()
    {
        (await FinalizeAsync()).Should().Be(ReconciliationResult.Done);
        _vault.Removed.Should().Equal((Given.Namespace, "twilio", Given.Tenant));
        _events.ReceivedCalls().Should().BeEmpty();
    }

    [Fact]
    public async Task It_waits_for_Vault_and_lets_go_after_two_minutes_with_word_of_what_is_left()
    {
        _vault.Trouble = "Vault is sealed";
        (await FinalizeAsync()).Should().Be(ReconciliationResult.RequeueAfter(TimeSpan.FromSeconds(5)));
        _clock.Advance(TimeSpan.FromSeconds(119));
        (await FinalizeAsync()).Outcome.Should().Be(ReconciliationOutcome.RequeueAfter);
        _events.ReceivedCalls().Should().BeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await FinalizeAsync()).Should().Be(ReconciliationResult.Done);
        _events.Received(1).Warning(
            _plugin, "VaultUnavailable", "Finalize", Arg.Is<string>(static m => m.Contains("dotmac-acme-twilio") && m.Contains("Vault is sealed") && m.Contains("sweep")));
    }

    [Fact]
    public async Task When_Vault_comes_back_in_time_nothing_is_left_and_nothing_is_said()
    {
        _vault.Trouble = "Vault is sealed";
        await FinalizeAsync();
        _clock.Advance(TimeSpan.FromSeconds(60));
        _vault.Trouble = null;
        (await FinalizeAsync()).Should().Be(ReconciliationResult.Done);
        _events.ReceivedCalls().Should().BeEmpty();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("gone")]
    public async Task In_a_namespace_that_is_no_tenants_any_more_the_status_tells_whose_it_was(string ns)
    {
        _plugin.Metadata.Namespace = ns;
        _plugin.Status = new TenantPluginStatus { Tenant = "acme" };
        (await FinalizeAsync()).Should().Be(ReconciliationResult.Done);
        _vault.Removed.Should().Equal((ns, "twilio", "acme"));
    }

    [Fact]
    public async Task Where_there_never_was_a_tenant_there_is_nothing_to_remove()
    {
        _plugin.Metadata.Namespace = "plain";
        _vault.Trouble = "Vault is sealed";
        (await FinalizeAsync()).Should().Be(ReconciliationResult.Done);
        _vault.Removed.Should().BeEmpty();
    }

    private Task<ReconciliationResult> FinalizeAsync() => _finalizer.FinalizeAsync(_plugin, default);
}
