using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Tests.Controllers;

public sealed class ControllerTests(ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ObjectKey A = new("n", "a");

    private readonly ScriptedResource _server = new();
    private readonly ScriptedReconciler _reconciler = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordedEvents _events = new();
    private readonly TestLogger _log = new(output);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopInformer = new();
    private readonly List<ScriptedFinalizer> _finalizers = [];
    private ControllerOptions _options = new() { Workers = 4, Backoff = new ExponentialBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), Jitter: 0) };
    private Controller<V1ConfigMap>? _controller;
    private Task _running = Task.CompletedTask;
    private Task _informing = Task.CompletedTask;
    private ScriptedWatch _watch = null!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        await _stopInformer.CancelAsync();
        await _informing.WaitAsync(Patience);
        _controller?.Dispose();
        _stop.Dispose();
        _stopInformer.Dispose();
    }

    [Fact]
    public async Task Every_known_and_every_changed_entity_is_reconciled_and_a_deleted_one_forgotten()
    {
        await StartAsync(Maps.New("n", "a", 1), Maps.New("n", "b", 2));
        await SeenAsync(2);
        _watch.Send(WatchEventType.Modified, Maps.New("n", "a", 11));
        await SeenAsync(3);
        _reconciler.Seen.Last().Metadata.ResourceVersion.Should().Be("11");
        _watch.Send(WatchEventType.Deleted, Maps.New("n", "b", 12));
        await Eventually.BeTrueAsync(() => _reconciler.Deleted.Contains(new ObjectKey("n", "b")), Patience, "b is forgotten");
    }

    [Fact]
    public async Task One_entity_is_never_reconciled_twice_at_once_however_often_it_changes()
    {
        _options = _options with { Workers = 16 };
        _reconciler.Work = static async (_, _) =>
        {
            await Task.Yield();
            return ReconciliationResult.Done;
        };
        await StartAsync();
        for (var i = 0; i < 2_000; i++)
        {
            _watch.Send(WatchEventType.Modified, Maps.New("n", (i % 3).ToString(CultureInfo.InvariantCulture), 11 + i));
        }

        await Eventually.BeTrueAsync(
            () => _reconciler.Seen.Any(static m => m.Metadata.ResourceVersion == "2010")
                && _reconciler.Seen.Any(static m => m.Metadata.ResourceVersion == "2009")
                && _reconciler.Seen.Any(static m => m.Metadata.ResourceVersion == "2008"),
            Patience,
            "the last state of each is reconciled");
        _reconciler.Overlaps.Should().Be(0);
    }

    [Fact]
    public async Task An_exception_is_a_retry_after_a_growing_wait_and_is_logged_and_told()
    {
        var failures = 2;
        _reconciler.Work = (_, _) => failures-- > 0 ? throw new InvalidOperationException("out of luck") : Task.FromResult(ReconciliationResult.Done);
        await StartAsync(Maps.New("n", "a", 1));
        await SeenAsync(1);
        await WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SeenAsync(2);
        await WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        _reconciler.Seen.Should().HaveCount(2);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await SeenAsync(3);

        _events.All.Should().HaveCount(2).And.OnlyContain(static e => e.Type == "Warning" && e.Reason == "ReconcileFailed" && e.Note.Contains("out of luck"));
        _log.Entries.Should().Contain(static e => e.Exception is InvalidOperationException);
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, "Conflict")]
    [InlineData(HttpStatusCode.Conflict, "AlreadyExists")]
    [InlineData(HttpStatusCode.NotFound, "NotFound")]
    public async Task A_cache_that_was_behind_is_a_quiet_retry(HttpStatusCode code, string reason)
    {
        var failures = 6;
        _reconciler.Work = (_, _) => failures-- > 0
            ? throw new ApiException("PATCH x", code, new V1Status { Reason = reason })
            : Task.FromResult(ReconciliationResult.Done);
        await StartAsync(Maps.New("n", "a", 1));
        for (var i = 1; i <= 6; i++)
        {
            await SeenAsync(i);
            await WaitsAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        await SeenAsync(7);
        _events.All.Should().BeEmpty();
        _log.Entries.Should().NotContain(static e => e.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task A_reconcile_that_takes_too_long_is_cancelled_and_tried_again()
    {
        var first = true;
        _options = _options with { ReconcileTimeout = TimeSpan.FromMilliseconds(50) };
        _reconciler.Work = async (_, cancellationToken) =>
        {
            if (first)
            {
                first = false;
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return ReconciliationResult.Done;
        };
        await StartAsync(Maps.New("n", "a", 1));
        await WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SeenAsync(2);
        _log.Text.Should().Contain("did not finish within");
    }

    [Fact]
    public async Task A_visit_can_be_asked_for_later_and_success_takes_back_failures()
    {
        var answers = new Queue<ReconciliationResult>(
        [
            ReconciliationResult.Retry("not yet"),
            ReconciliationResult.RequeueAfter(TimeSpan.FromMinutes(10)),
            ReconciliationResult.Retry("not again"),
            ReconciliationResult.Terminal("hopeless"),
        ]);
        _reconciler.Work = (_, _) => Task.FromResult(answers.Dequeue());
        await StartAsync(Maps.New("n", "a", 1));
        foreach (var (visit, wait) in new[] { (1, TimeSpan.FromSeconds(1)), (2, TimeSpan.FromMinutes(10)), (3, TimeSpan.FromSeconds(1)) })
        {
            await SeenAsync(visit);
            await WaitsAsync();
            _clock.Advance(wait - TimeSpan.FromMilliseconds(1));
            _reconciler.Seen.Should().HaveCount(visit);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await SeenAsync(4);
        await Eventually.BeTrueAsync(() => _controller!.LongestReconcile == TimeSpan.Zero, Patience, "the last visit ends");
        _clock.Advance(TimeSpan.FromHours(1));
        _reconciler.Seen.Should().HaveCount(4, "what is hopeless waits for a change");
        _log.Text.Should().Contain("hopeless");
    }

    [Fact]
    public async Task Every_entity_is_looked_at_again_once_a_resync_period()
    {
        await StartAsync(Maps.New("n", "a", 1), Maps.New("n", "b", 2));
        await SeenAsync(2);
        _clock.Advance(TimeSpan.FromHours(11));
        await SeenAsync(4);
    }

    [Fact]
    public async Task Finalizers_are_added_before_the_first_reconcile_and_only_where_they_apply()
    {
        var one = Finalizer("x/one");
        var two = Finalizer("x/two");
        Finalizer("x/not-here").Applies = static _ => false;
        _server.OnPatch = Patched;
        var map = Maps.New("n", "a", 1);
        map.Metadata.Finalizers = ["theirs/one", "x/one"];
        await StartAsync(map);
        await SeenAsync(1);

        var (key, patch) = _server.Patches.Should().ContainSingle().Which;
        key.Should().Be(A);
        patch["metadata"]!["finalizers"]!.AsArray().Select(static f => f!.GetValue<string>()).Should().Equal("theirs/one", "x/one", "x/two");
        patch["metadata"]!["resourceVersion"]!.GetValue<string>().Should().Be("1", "or somebody else's finalizer might be lost");
        _reconciler.Seen.Single().Metadata.Finalizers.Should().Contain("x/two");
        one.Calls.Should().Be(0);
        two.Calls.Should().Be(0);
    }

    [Fact]
    public async Task A_deleted_entity_is_cleaned_up_in_order_and_then_let_go()
    {
        var one = Finalizer("x/one");
        var two = Finalizer("x/two");
        one.Answer = static call => call < 2 ? ReconciliationResult.Retry("not yet") : ReconciliationResult.Done;
        _server.OnPatch = Patched;
        var map = Maps.New("n", "a", 1);
        map.Metadata.Finalizers = ["x/one", "x/two"];
        map.Metadata.DeletionTimestamp = DateTimeOffset.UtcNow;
        await StartAsync(map);
        await WaitsAsync();
        one.Calls.Should().Be(1);
        two.Calls.Should().Be(0);
        _server.Patches.Should().BeEmpty();

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.BeTrueAsync(() => _server.Patches.Count == 2, Patience, "both let go");
        _server.Patches.Select(static p => p.Patch["metadata"]!["finalizers"]!.ToJsonString()).Should().Equal("[\"x/two\"]", "[]");
        two.Calls.Should().Be(1);
        _reconciler.Seen.Should().BeEmpty("with its last finalizer the entity is gone");
    }

    [Fact]
    public async Task A_deleted_entity_that_others_hold_up_is_still_reconciled_and_gets_no_finalizer()
    {
        Finalizer("x/one");
        _server.OnPatch = Patched;
        var map = Maps.New("n", "a", 1);
        map.Metadata.Finalizers = ["theirs/one"];
        map.Metadata.DeletionTimestamp = DateTimeOffset.UtcNow;
        await StartAsync(map);
        await SeenAsync(1);
        _server.Patches.Should().BeEmpty();
    }

    [Fact]
    public async Task When_it_stops_work_under_way_may_finish_within_the_grace()
    {
        var release = new TaskCompletionSource();
        var finished = false;
        _reconciler.Work = async (_, _) =>
        {
            await release.Task;
            finished = true;
            return ReconciliationResult.Done;
        };
        await StartAsync(Maps.New("n", "a", 1));
        await SeenAsync(1);
        await _stop.CancelAsync();
        _running.IsCompleted.Should().BeFalse();
        release.SetResult();
        await _running.WaitAsync(Patience);
        finished.Should().BeTrue();
    }

    [Fact]
    public async Task When_it_stops_work_that_takes_longer_than_the_grace_is_cancelled()
    {
        _options = _options with { ShutdownGrace = TimeSpan.FromMilliseconds(30) };
        _reconciler.Work = static async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ReconciliationResult.Done;
        };
        await StartAsync(Maps.New("n", "a", 1));
        await SeenAsync(1);
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        _events.All.Should().BeEmpty("the end of the process is no failure of the entity");
    }

    [Fact]
    public async Task It_tells_how_long_its_longest_reconcile_has_run()
    {
        var release = new TaskCompletionSource();
        _reconciler.Work = async (_, _) =>
        {
            await release.Task;
            return ReconciliationResult.Done;
        };
        await StartAsync(Maps.New("n", "a", 1));
        await SeenAsync(1);
        _clock.Advance(TimeSpan.FromMinutes(4));
        _controller!.LongestReconcile.Should().Be(TimeSpan.FromMinutes(4));
        _controller.LongestReconcile.Should().BeGreaterThan(_controller.StalledAfter);
        release.SetResult();
        await Eventually.BeTrueAsync(() => _controller.LongestReconcile == TimeSpan.Zero, Patience, "nothing runs");
    }

    [Fact]
    public async Task Changes_that_do_not_matter_are_passed_over_but_never_deletions()
    {
        await StartAsync(static e => e.Type == InformerEventType.Added, Maps.New("n", "a", 1));
        await SeenAsync(1);
        _watch.Send(WatchEventType.Modified, Maps.New("n", "a", 11))
            .Send(WatchEventType.Deleted, Maps.New("n", "a", 12));
        await Eventually.BeTrueAsync(() => _reconciler.Deleted.Contains(A), Patience, "the deletion is told");
        _reconciler.Seen.Should().HaveCount(1);
    }

    [Fact]
    public async Task An_owner_is_reconciled_when_an_object_that_it_controls_changes_and_only_then()
    {
        var children = new ScriptedResource().WillList(10);
        var informer = new SharedInformer<V1ConfigMap>(children, new InformerOptions<V1ConfigMap>(), _log, _clock);
        await StartAsync(null, b => b.Owns(informer), Maps.New("n", "a", 1));
        await SeenAsync(1);
        var informing = informer.RunAsync(_stopInformer.Token);
        var watch = await children.NextWatchAsync();

        watch.Send(WatchEventType.Added, Child(1, "ConfigMap", "v1", "nobody", controller: null))
            .Send(WatchEventType.Added, Child(2, "ConfigMap", "apps/v1", "nobody"))
            .Send(WatchEventType.Added, Child(3, "Secret", "v1", "nobody"))
            .Send(WatchEventType.Added, Child(4, "ConfigMap", "v1", "a"));
        await SeenAsync(2);
        watch.Send(WatchEventType.Deleted, Child(4, "ConfigMap", "v2", "a", version: 30));
        await SeenAsync(3);

        _reconciler.Deleted.Should().BeEmpty("nobody else was looked at");
        await _stopInformer.CancelAsync();
        await informing;
    }

    private static V1ConfigMap Child(int n, string kind, string apiVersion, string owner, bool? controller = true, int version = 0)
    {
        var child = Maps.New("n", $"child-{n}", version == 0 ? 10 + n : version);
        child.Metadata.OwnerReferences = [new() { ApiVersion = apiVersion, Kind = kind, Name = owner, Uid = "u", Controller = controller }];
        return child;
    }

    private static V1ConfigMap Patched(ObjectKey key, JsonNode patch)
    {
        var map = Maps.New(key.Namespace, key.Name, 100);
        map.Metadata.Finalizers = [.. patch["metadata"]!["finalizers"]!.AsArray().Select(static f => f!.GetValue<string>())];
        return map;
    }

    private ScriptedFinalizer Finalizer(string identifier)
    {
        var finalizer = new ScriptedFinalizer(identifier);
        _finalizers.Add(finalizer);
        return finalizer;
    }

    private Task StartAsync(params V1ConfigMap[] maps) => StartAsync(null, null, maps);

    private Task StartAsync(Func<InformerEvent<V1ConfigMap>, bool> predicate, params V1ConfigMap[] maps) => StartAsync(predicate, null, maps);

    private async Task StartAsync(
        Func<InformerEvent<V1ConfigMap>, bool>? predicate, Action<ControllerBuilder<V1ConfigMap>>? configure, params V1ConfigMap[] maps)
    {
        _server.WillList(10, maps);
        var informer = new SharedInformer<V1ConfigMap>(_server, new InformerOptions<V1ConfigMap>(), _log, _clock);
        _controller = new Controller<V1ConfigMap>("test", informer, _server, _reconciler, _options, new ControllerServices(_events, _log, _clock));
        configure?.Invoke(new ControllerBuilder<V1ConfigMap>(_controller, EntityType.Of<V1ConfigMap>()));
        foreach (var finalizer in _finalizers)
        {
            _controller.AddFinalizer(finalizer);
        }

        _controller.WatchEntities(predicate);
        _informing = informer.RunAsync(_stopInformer.Token);
        _watch = await _server.NextWatchAsync();
        _running = _controller.RunAsync(_stop.Token);
    }

    private Task SeenAsync(int count) => Eventually.BeTrueAsync(
        () => _reconciler.Seen.Count >= count, Patience, () => $"{count} reconciles; there were {_reconciler.Seen.Count}; log:\n{_log.Text}");

    // The resync's timer is one; the queue's, once a key waits in it, another.
    private Task WaitsAsync() => Eventually.BeTrueAsync(() => _clock.PendingTimers == 2, Patience, () => $"a key waits for its time; log:\n{_log.Text}");
}
