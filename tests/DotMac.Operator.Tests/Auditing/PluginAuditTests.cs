using System.Collections.Concurrent;
using DotMac.Audit;
using DotMac.Audit.Entries;
using DotMac.Kubernetes.Client;
using DotMac.Operator.Auditing;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Testing;

namespace DotMac.Operator.Tests.Auditing;

public sealed class PluginAuditTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeClient _client = new();
    private readonly MemoryAuditLog _log = new();
    private readonly PluginCaches _caches;
    private readonly PluginAudit _audit;
    private bool _leads = true;

    public PluginAuditTests()
    {
        _caches = new PluginCaches(_client.Informers);
        _audit = new PluginAudit(_log, _caches, () => _leads);
        _audit.Listen();
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task A_plugin_that_is_new_is_told_of_once_and_so_is_what_became_of_it()
    {
        var plugin = Given.Plugin();
        await ObserveAsync(plugin);
        await ObserveAsync(plugin);
        Told().Should().Equal("install Accepted unknown watch");
        var status = Situation.Fine.Status();
        await _audit.SettledAsync(plugin, (Situation.Fine with { Health = null }).Status(), default);
        Told().Should().HaveCount(1, "it is not known yet");
        await _audit.SettledAsync(plugin, status, default);
        await _audit.SettledAsync(plugin, status, default);
        Told().Should().Equal("install Accepted unknown watch", "install Succeeded dotmac-operator operator");
        _log.Entries.Last().Should().BeEquivalentTo(new
        {
            Tenant = "acme",
            Plugin = "twilio",
            Version = "1.0.0",
            Reason = "Succeeded",
            Subject = new AuditSubject("TenantPlugin", Given.Namespace, "twilio", Given.Uid, 3),
        });
    }

    [Fact]
    public async Task A_spec_that_cannot_be_rolled_out_failed()
    {
        var plugin = Given.Plugin("""{"plugin":"twilio","replicas":1000}""");
        await ObserveAsync(plugin);
        await _audit.SettledAsync(plugin, (Situation.Fine with { Spec = """{"plugin":"twilio","replicas":1000}""", Deployment = null, Pods = [], Health = null }).Status(), default);
        _log.Entries.Last().Should().BeEquivalentTo(new { Operation = "install", Result = AuditResult.Failed, Reason = "SpecInvalid" });
    }

    [Fact]
    public async Task A_new_plugin_that_is_changed_before_its_first_status_is_written_is_installed_once()
    {
        var plugin = Given.Plugin("""{"plugin":"twilio","replicas":1}""");
        _client.Fake<TenantPlugin>().Items.Add(plugin);
        await _client.SyncAsync();
        await ObserveAsync(plugin);
        var changed = Changed(plugin, """{"plugin":"twilio","replicas":2}""", 4);
        changed.Status = null;
        await SendAsync(changed);
        await ObserveAsync(changed);
        Told().Should().Equal("install Accepted unknown watch", "configure Accepted unknown watch");
        _log.Entries.Last().Before!.ToJsonString().Should().Be("""{"replicas":1}""");
    }

    [Fact]
    public async Task A_change_is_told_with_what_was_there_before()
    {
        var plugin = await KnownAsync("""{"plugin":"twilio","replicas":1}""");
        var changed = Changed(plugin, """{"plugin":"twilio","replicas":2}""", 4);
        await SendAsync(changed);
        await ObserveAsync(changed);
        Told().Should().Equal("configure Accepted unknown watch");
        _log.Entries.Single().Before!.ToJsonString().Should().Be("""{"replicas":1}""");
        _log.Entries.Single().After!.ToJsonString().Should().Be("""{"replicas":2}""");
    }

    [Fact]
    public async Task Of_several_changes_before_the_first_look_the_first_befores_and_the_last_afters_count()
    {
        var plugin = await KnownAsync("""{"plugin":"twilio","replicas":1}""");
        await SendAsync(Changed(plugin, """{"plugin":"twilio","replicas":2}""", 4));
        var last = Changed(plugin, """{"plugin":"twilio","replicas":3,"enabled":false}""", 5);
        await SendAsync(last);
        await ObserveAsync(last);
        Told().Should().Equal("configure Accepted unknown watch", "deactivate Accepted unknown watch");
        _log.Entries.First().Before!.ToJsonString().Should().Be("""{"replicas":1}""");
    }

    [Fact]
    public async Task What_was_changed_while_nobody_led_is_told_without_a_before()
    {
        _leads = false;
        var plugin = await KnownAsync("""{"plugin":"twilio","replicas":1}""");
        var changed = Changed(plugin, """{"plugin":"twilio","replicas":2}""", 4);
        await SendAsync(changed);
        _leads = true;
        await ObserveAsync(changed);
        Told().Should().Equal("configure Accepted unknown watch");
        _log.Entries.Single().Message.Should().Contain("not known");
    }

    [Fact]
    public async Task What_was_told_by_who_led_before_is_not_told_again()
    {
        var plugin = await KnownAsync("""{"plugin":"twilio"}""");
        await ObserveAsync(plugin);
        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task Its_removal_is_told_when_it_is_asked_for_and_when_it_is_done()
    {
        var plugin = await KnownAsync("""{"plugin":"twilio"}""");
        var going = Changed(plugin, """{"plugin":"twilio"}""", 4);
        going.Metadata.DeletionTimestamp = Given.Now;
        await SendAsync(going);
        await ObserveAsync(going);
        await _audit.SettledAsync(going, (Situation.Fine with { Deleting = true, Generation = 4 }).Status(), default);
        going.Metadata.ResourceVersion = "300";
        _client.Fake<TenantPlugin>().Send(WatchEventType.Deleted, going);
        await Eventually.BeTrueAsync(() => _log.Entries.Count == 2, Patience, "both are told");
        Told().Should().Equal("remove Accepted unknown watch", "remove Succeeded unknown watch");
    }

    [Fact]
    public async Task Access_to_secrets_is_told_by_what_may_be_read_and_never_by_what_it_says()
    {
        await _audit.AccessChangedAsync(new AccessChange(Given.Namespace, "twilio", "acme", "dotmac-acme-twilio", ["${vault:twilio/auth_token}"]), default);
        await _audit.AccessChangedAsync(new AccessChange(Given.Namespace, "twilio", "acme", "dotmac-acme-twilio", null), default);
        Told().Should().Equal("grant-secret-access Succeeded dotmac-operator operator", "revoke-secret-access Succeeded dotmac-operator operator");
        _log.Entries.First().After!.ToJsonString().Should().Be("""{"references":["${vault:twilio/auth_token}"]}""");
    }

    private IEnumerable<string> Told() => _log.Entries.Select(static e => $"{e.Operation} {e.Result} {e.Actor.Name} {e.Source}");

    private ValueTask ObserveAsync(TenantPlugin plugin) => _audit.ObservedAsync(plugin, Given.Evaluation(plugin), default);

    // One that a leader has looked at.
    private async Task<TenantPlugin> KnownAsync(string spec)
    {
        var plugin = Given.Plugin(spec);
        plugin.Status = Situation.Fine.Status();
        _client.Fake<TenantPlugin>().Items.Add(plugin);
        await _client.SyncAsync();
        return plugin;
    }

    private static TenantPlugin Changed(TenantPlugin plugin, string spec, long generation)
    {
        var changed = Given.Plugin(spec);
        changed.Metadata.Generation = generation;
        changed.Metadata.ResourceVersion = $"{100 + generation}";
        changed.Status = plugin.Status;
        return changed;
    }

    private async Task SendAsync(TenantPlugin plugin)
    {
        _client.Fake<TenantPlugin>().Send(WatchEventType.Modified, plugin);
        await Eventually.BeTrueAsync(
            () => _caches.PluginInformer.Store.List() is [{ } known] && known.Metadata.ResourceVersion == plugin.Metadata.ResourceVersion, Patience, "the cache has it");
    }

    private sealed class MemoryAuditLog : IAuditLog
    {
        public ConcurrentQueue<AuditEntry> Entries { get; } = new();

        public ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
        {
            Entries.Enqueue(entry);
            return ValueTask.CompletedTask;
        }
    }
}
