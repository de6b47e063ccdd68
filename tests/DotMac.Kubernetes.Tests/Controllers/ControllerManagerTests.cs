using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.LeaderElection;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing;
using DotMac.Testing.Logging;
using NSubstitute;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Tests.Controllers;

/// <summary>What a manager does while it stands by, when it begins to lead and when it may not lead any more.</summary>
public sealed class ControllerManagerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedResource _server = new();
    private readonly ScriptedReconciler _reconciler = new();
    private readonly ScriptedElector _elector = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ControllerManager _manager;
    private readonly Controller<V1ConfigMap> _controller;
    private readonly SharedInformer<V1ConfigMap> _informer;
    private Task _running = Task.CompletedTask;
    private int _beside;
    private int _withCaches;

    public ControllerManagerTests(ITestOutputHelper output)
    {
        var client = Substitute.For<IKubernetesClient>();
        client.Resource<V1ConfigMap>(Arg.Any<EntityType>()).Returns(_server);
        var informers = new SharedInformerFactory(client, new TestLogger<SharedInformerFactory>(output));
        _informer = informers.Get<V1ConfigMap>();
        _manager = new ControllerManager(client, informers, NullEventRecorder.Instance, new TestLogger<ControllerManager>(output)) { LeaderElector = _elector };
        _controller = _manager.AddController("test", _informer, _reconciler);
        _manager.RunWithCaches(async cancellationToken =>
        {
            Interlocked.Exchange(ref _withCaches, _informer.Store.Count);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Exchange(ref _withCaches, -1);
        });
        _manager.RunBeside(async cancellationToken =>
        {
            Interlocked.Increment(ref _beside);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _manager.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Whoever_stands_by_is_ready_keeps_its_caches_up_to_date_and_does_nothing_else()
    {
        var watch = await StandByAsync(Maps.New("n", "a", 1));
        watch.Send(WatchEventType.Added, Maps.New("n", "b", 11));
        await Eventually.BeTrueAsync(() => _informer.Store.Count == 2, Patience, "the cache has b");
        _manager.IsReady.Should().BeTrue();
        _manager.IsLeading.Should().BeFalse();
        _manager.Unhealthy().Should().BeNull();
        _controller.QueueLength.Should().Be(0, "a queue that nobody works on looks like one that is stuck, and would keep keys of entities long gone");
        _reconciler.Seen.Should().BeEmpty();
        _beside.Should().Be(0);
        _withCaches.Should().Be(1, "what reads caches runs once they are filled");
    }

    [Fact]
    public async Task What_reads_caches_runs_until_the_end()
    {
        await StandByAsync(Maps.New("n", "a", 1));
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        _withCaches.Should().Be(-1);
    }

    [Fact]
    public async Task Whoever_begins_to_lead_looks_at_every_entity_without_listing_again()
    {
        var watch = await StandByAsync(Maps.New("n", "a", 1), Maps.New("n", "gone", 2));
        watch.Send(WatchEventType.Added, Maps.New("n", "b", 11));
        watch.Send(WatchEventType.Modified, Maps.New("n", "a", 12));
        watch.Send(WatchEventType.Deleted, Maps.New("n", "gone", 13));
        await Eventually.BeTrueAsync(() => _informer.Store.Count == 2 && _informer.Store.Get(new ObjectKey("n", "a"))!.Metadata.ResourceVersion == "12", Patience, "the cache is up to date");
        _elector.Elect();
        await SeenAsync("a@12", "b@11");
        watch.Send(WatchEventType.Modified, Maps.New("n", "b", 14));
        await SeenAsync("a@12", "b@11", "b@14");
        _reconciler.Deleted.Should().BeEmpty();
        _server.Lists.Should().ContainSingle();
        _manager.IsLeading.Should().BeTrue();
        _beside.Should().Be(1);
    }

    [Fact]
    public async Task When_leadership_is_lost_work_under_way_is_broken_off_at_once_and_the_end_is_an_error()
    {
        var broken = new TaskCompletionSource();
        _reconciler.Work = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            broken.SetResult();
            cancellationToken.ThrowIfCancellationRequested();
            return ReconciliationResult.Done;
        };
        await StandByAsync(Maps.New("n", "a", 1));
        _elector.Elect();
        await SeenAsync("a@1");
        _elector.Lose();

        // Its grace would be twenty seconds.
        await broken.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await _running.Awaiting(static r => r.WaitAsync(Patience)).Should().ThrowAsync<LeadershipLostException>();
        _manager.IsReady.Should().BeFalse();
    }

    [Fact]
    public async Task Told_to_stop_it_lets_work_end_before_the_lease_is_given_back()
    {
        var finish = new TaskCompletionSource();
        _reconciler.Work = async (_, _) =>
        {
            await finish.Task;
            return ReconciliationResult.Done;
        };
        await StandByAsync(Maps.New("n", "a", 1));
        _elector.Elect();
        await SeenAsync("a@1");
        await _stop.CancelAsync();
        await Task.Delay(50);
        _elector.Released.Should().BeFalse();
        finish.SetResult();
        await _running.WaitAsync(Patience);
        _elector.Released.Should().BeTrue();
    }

    [Fact]
    public async Task Told_to_stop_while_it_stands_by_it_stops()
    {
        await StandByAsync(Maps.New("n", "a", 1));
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        _reconciler.Seen.Should().BeEmpty();
    }

    private async Task<ScriptedWatch> StandByAsync(params V1ConfigMap[] maps)
    {
        _server.WillList(10, maps);
        _running = _manager.RunAsync(_stop.Token);
        var watch = await _server.NextWatchAsync();
        await _elector.Asked.WaitAsync(Patience);
        return watch;
    }

    private Task SeenAsync(params string[] expected) => Eventually.BeTrueAsync(
        () => _reconciler.Seen.Select(static m => $"{m.Metadata.Name}@{m.Metadata.ResourceVersion}").Order().SequenceEqual(expected),
        Patience,
        () => $"{string.Join(", ", expected)} were reconciled; were: {string.Join(", ", _reconciler.Seen.Select(static m => $"{m.Metadata.Name}@{m.Metadata.ResourceVersion}"))}");
}
