using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Vault.Client;

namespace DotMac.Operator.Tests.Secrets;

public sealed class VaultSweepTests : IAsyncLifetime
{
    private readonly FakeClient _client = new();
    private readonly PluginCaches _caches;
    private VaultSetup _vault = null!;

    public VaultSweepTests() => _caches = new PluginCaches(_client.Informers);

    public async Task InitializeAsync()
    {
        _vault = await VaultSetup.StartAsync();
        _client.Fake<TenantPlugin>().Items.AddRange([Given.Plugin(), Given.Plugin(ns: "plain")]);
        _client.Fake<V1Namespace>().Items.AddRange([Given.NamespaceOf(), Given.NamespaceOf(tenant: null, "plain")]);
        await _client.SyncAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _vault.DisposeAsync();
    }

    [Fact]
    public async Task What_is_left_of_plugins_that_are_gone_is_swept_whatever_dashes_are_in_their_names()
    {
        await GrantAsync("tenant-acme", "twilio", "acme");
        await GrantAsync("tenant-acme", "gone", "acme");
        await GrantAsync("tenant-a-b", "my-twilio-2", "a-b");
        await GrantAsync("tenant-x", "x", "X.y_z");
        (await SweepAsync()).Should().Be(3);
        (await _vault.Root.Policies.ListAsync()).Where(static n => n.StartsWith("dotmac-", StringComparison.Ordinal)).Should().BeEquivalentTo("dotmac-acme-twilio", "dotmac-operator");
        (await _vault.Root.KubernetesAuth().ListRolesAsync()).Should().Equal("dotmac-acme-twilio");
        (await SweepAsync()).Should().Be(0);
    }

    [Fact]
    public async Task What_is_another_clusters_or_was_written_by_hand_is_left_alone()
    {
        await GrantAsync("tenant-acme", "gone", "acme", "cluster-two");
        _vault.Server.WritePolicy("dotmac-acme-by-hand", """path "secret/a" { capabilities = ["read"] }""");
        _vault.Server.WritePolicy("dotmac-acme-copied", new AccessMark(VaultSetup.Cluster, "tenant-acme", "other").ToString());
        _vault.Server.WritePolicy("dotmac-team/nested", """path "secret/a" { capabilities = ["read"] }""");
        _vault.Server.WritePolicy("elsewhere", new AccessMark(VaultSetup.Cluster, "tenant-acme", "gone").ToString());
        _vault.Asked();
        (await SweepAsync()).Should().Be(0);
        _vault.Asked().Should().OnlyContain(static e => e.StartsWith("GET ", StringComparison.Ordinal)).And.NotContain(static e => e.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mark_that_does_not_fit_the_policys_name_deletes_nothing()
    {
        foreach (var plugin in new[] { "a-name-that-is-longer-than-the-policys", "x", "-", "dotmac-acme-y" })
        {
            _vault.Server.WritePolicy("dotmac-acme-y", new AccessMark(VaultSetup.Cluster, "tenant-acme", plugin).ToString());
            (await SweepAsync()).Should().Be(0, plugin);
        }
    }

    [Fact]
    public async Task A_namespace_that_went_over_to_another_tenant_takes_nothing_along()
    {
        await GrantAsync("tenant-acme", "twilio", "acme");
        await GrantAsync("tenant-acme", "twilio", "globex");
        (await SweepAsync()).Should().Be(1);
        (await _vault.Root.KubernetesAuth().ListRolesAsync()).Should().Equal("dotmac-acme-twilio");
    }

    [Fact]
    public async Task A_namespace_that_lost_its_label_is_not_taken_for_another_tenants()
    {
        await GrantAsync("plain", "twilio", "globex");
        (await SweepAsync()).Should().Be(0);
    }

    [Fact]
    public async Task It_goes_on_by_itself_through_trouble_with_Vault_and_with_the_API_server()
    {
        await GrantAsync("tenant-acme", "gone", "acme");
        var troubles = new Queue<Exception>([new HttpRequestException("refused"), new ApiException("no namespace kube-system")]);
        var sweep = Sweep(_ => troubles.TryDequeue(out var trouble) ? ValueTask.FromException<string>(trouble) : ValueTask.FromResult(VaultSetup.Cluster));
        using var stop = new CancellationTokenSource();
        _vault.Server.RateLimitNext();
        var running = sweep.RunAsync(stop.Token);
        for (var i = 0; i < 4; i++)
        {
            await Eventually.BeTrueAsync(() => running.IsCompleted || _vault.Clock.PendingTimers == 1, TimeSpan.FromSeconds(30), "it waits for its next turn");
            running.IsCompleted.Should().BeFalse("whatever is in the way, it goes on: {0}", running.Exception);
            _vault.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        await Eventually.BeTrueAsync(async () => !(await _vault.Root.Policies.ListAsync()).Contains("dotmac-acme-gone"), TimeSpan.FromSeconds(30), "it is swept in the end");
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Trouble_with_Vault_is_told_to_who_sweeps_once()
    {
        _vault.Server.IsSealed = true;
        await FluentActions.Awaiting(SweepAsync).Should().ThrowAsync<VaultException>();
    }

    private async Task GrantAsync(string ns, string plugin, string tenant, string cluster = VaultSetup.Cluster)
    {
        await _vault.WriteAsync($"tenants/{tenant}/twilio", "auth_token");
        var access = VaultSetup.Wants("twilio/auth_token") with { Namespace = ns, Plugin = plugin, Tenant = tenant };
        (await _vault.Create(cluster: cluster).EnsureAsync(access, false, default)).Verdict.IsTrue.Should().BeTrue();
    }

    private Task<int> SweepAsync() => Sweep(static _ => ValueTask.FromResult(VaultSetup.Cluster)).SweepAsync(default);

    private VaultSweep Sweep(Func<CancellationToken, ValueTask<string>> cluster) =>
        new(_vault.Operator, _vault.Access, _caches, _vault.Options, cluster, _vault.Clock, new TestLogger<VaultSweep>());
}
