using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Logging;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.IntegrationTests.Informers;

/// <summary>What informers live through: a server that dies, and a history that is forgotten. On a control plane of its own.</summary>
public sealed class InformerRecoveryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestLogger _log = new(output);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(InformerEventType Type, string Name)> _history = [];
    private ControlPlane _cluster = null!;
    private KubernetesClient _client = null!;
    private SharedInformer<V1ConfigMap> _informer = null!;
    private Task _running = Task.CompletedTask;
    private string _ns = string.Empty;

    public async Task InitializeAsync()
    {
        _cluster = await ControlPlane.StartAsync();
        _client = _cluster.CreateClient();
        _ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        await maps.CreateAsync(Maps.New(_ns, "stays"));
        await maps.CreateAsync(Maps.New(_ns, "changes", ("x", "1")));
        await maps.CreateAsync(Maps.New(_ns, "goes"));
        await maps.CreateAsync(Maps.New(_ns, "is-made-anew"));
        _informer = new SharedInformer<V1ConfigMap>(
            maps,
            new InformerOptions<V1ConfigMap>
            {
                Scope = new ListOptions(_ns),
                Backoff = new ExponentialBackoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200)),
            },
            _log);
        _running = _informer.RunAsync(_stop.Token);
        await _informer.Synced.WaitAsync(Patience);
        _informer.Subscribe(e =>
        {
            lock (_history)
            {
                _history.Add((e.Type, e.Object.Metadata.Name!));
            }
        });
        _history.Clear();
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_killed_and_comes_back_is_watched_again_with_nothing_lost_or_told_twice()
    {
        await _cluster.KillApiServerAsync();
        await Eventually.BeTrueAsync(
            () => _log.Entries.Any(static e => e.Message.Contains("interrupted", StringComparison.Ordinal)), Patience, "the watch breaks");
        await _cluster.StartApiServerAsync();

        var added = await _client.Resource<V1ConfigMap>().CreateAsync(Maps.New(_ns, "after"));
        await Eventually.BeTrueAsync(
            () => _informer.Store.Get(ObjectKey.Of(added)) is not null, Patience, () => $"what happens after the restart is seen; log:\n{_log.Text}");

        _informer.Store.Count.Should().Be(5);
        _history.Should().Equal((InformerEventType.Added, "after"));
        _running.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task When_the_history_is_forgotten_the_informer_lists_again_and_tells_what_it_missed()
    {
        // The server moves to where the informer does not find it, the world goes on, and etcd forgets the way there.
        var port = _cluster.Host.Port;
        await _cluster.KillApiServerAsync();
        await _cluster.StartApiServerAsync(LoopbackPorts.Free(1)[0]);
        using (var elsewhere = _cluster.CreateClient())
        {
            var maps = elsewhere.Resource<V1ConfigMap>();
            await maps.PatchAsync(new ObjectKey(_ns, "changes"), JsonNode.Parse("""{"data":{"x":"2"}}""")!);
            await maps.DeleteAsync(new ObjectKey(_ns, "goes"));
            await maps.DeleteAsync(new ObjectKey(_ns, "is-made-anew"));
            await maps.CreateAsync(Maps.New(_ns, "is-made-anew"));
            await maps.CreateAsync(Maps.New(_ns, "comes"));
        }

        await _cluster.KillApiServerAsync();
        await _cluster.CompactAsync();
        await _cluster.StartApiServerAsync(port);

        await Eventually.BeTrueAsync(
            () => _informer.Store.Get(new ObjectKey(_ns, "comes")) is not null, Patience, () => $"the informer catches up; log:\n{_log.Text}");
        await Eventually.BeTrueAsync(
            () => _informer.Store.Get(new ObjectKey(_ns, "goes")) is null, Patience, () => $"deletions are noticed; log:\n{_log.Text}");

        _log.Text.Should().Contain("too far behind", "the server said 410");
        var fresh = await _client.Resource<V1ConfigMap>().ListAsync(new ListOptions(_ns));
        _informer.Store.List().Should().BeEquivalentTo(fresh.Items);
        lock (_history)
        {
            _history.Should().BeEquivalentTo(
            [
                (InformerEventType.Updated, "changes"),
                (InformerEventType.Deleted, "goes"),
                (InformerEventType.Deleted, "is-made-anew"),
                (InformerEventType.Added, "is-made-anew"),
                (InformerEventType.Added, "comes"),
            ]);
        }
    }
}
