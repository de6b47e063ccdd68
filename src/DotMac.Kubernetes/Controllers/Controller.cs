using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Diagnostics;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.LeaderElection;
using DotMac.Kubernetes.Queue;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Controllers;

/// <summary>Takes keys from a queue, finds their entities in the cache and has them reconciled, with several workers.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
public sealed class Controller<TEntity> : IController, IDisposable
    where TEntity : class, IKubernetesEntity
{
    private readonly SharedInformer<TEntity> _informer;
    private readonly IResource<TEntity> _resource;
    private readonly IEntityController<TEntity> _reconciler;
    private readonly ControllerOptions _options;
    private readonly IEventRecorder _events;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly List<IEntityFinalizer<TEntity>> _finalizers = [];
    private readonly List<Action> _subscriptions = [];
    private readonly ConcurrentDictionary<ObjectKey, long> _running = new();

    /// <summary>A controller that has not started. Use <see cref="ControllerManager.AddController{TEntity}"/>.</summary>
    internal Controller(
        string name,
        SharedInformer<TEntity> informer,
        IResource<TEntity> resource,
        IEntityController<TEntity> reconciler,
        ControllerOptions options,
        ControllerServices services)
    {
        Name = name;
        _informer = informer;
        _resource = resource;
        _reconciler = reconciler;
        _options = options;
        _events = services.Events;
        _logger = services.Logger;
        _clock = services.Clock;
        _queue = new WorkQueue<ObjectKey>(name, static key => key.Namespace, options.Backoff, _clock);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public TimeSpan LongestReconcile =>
        _running.IsEmpty ? TimeSpan.Zero : _running.Values.Select(started => _clock.GetElapsedTime(started)).DefaultIfEmpty().Max();

    /// <inheritdoc />
    public TimeSpan StalledAfter => _options.ReconcileTimeout + TimeSpan.FromMinutes(1);

    /// <summary>Keys that wait.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>Has the entity with this key looked at.</summary>
    public void Enqueue(ObjectKey key, QueuePriority priority = QueuePriority.High) => _queue.Add(key, priority);

    /// <summary>Reconciles when entities change for which the predicate holds; unless called, on every change.</summary>
    internal void WatchEntities(Func<InformerEvent<TEntity>, bool>? predicate)
    {
        _subscriptions.Add(() => _informer.Subscribe(change =>
        {
            if (predicate is null || change.Type == InformerEventType.Deleted || predicate(change))
            {
                _queue.Add(ObjectKey.Of(change.Object), change.Initial ? QueuePriority.Low : QueuePriority.High);
            }
        }));
    }

    /// <summary>Reconciles the keys that a change of another kind maps to.</summary>
    internal void WatchOthers<TOther>(SharedInformer<TOther> informer, Func<InformerEvent<TOther>, IEnumerable<ObjectKey>> map)
        where TOther : class, IKubernetesEntity
    {
        _subscriptions.Add(() => informer.Subscribe(change =>
        {
            // At start every entity is looked at anyway.
            if (change.Initial)
            {
                return;
            }

            foreach (var key in map(change))
            {
                _queue.Add(key);
            }
        }));
    }

    internal void AddFinalizer(IEntityFinalizer<TEntity> finalizer) => _finalizers.Add(finalizer);

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken abandon = default)
    {
        // Only now: a controller that stands by for weeks would fill its queue with keys, those of entities long gone among them, for
        // nothing. An informer tells a new subscriber of all that it knows, so nothing that happened before is missed.
        foreach (var subscribe in _subscriptions)
        {
            subscribe();
        }

        KubernetesMetrics.WorkersStarted(Name, _options.Workers);
        _logger.LogInformation("Controller {Controller} starts with {Workers} workers", Name, _options.Workers);

        // Work under way outlives the request to stop by the grace period, no longer.
        using var hard = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        using var resync = StartResync();
        var workers = Enumerable.Range(0, _options.Workers).Select(_ => WorkAsync(cancellationToken, hard.Token)).ToArray();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The wish to stop.
        }

        _queue.ShutDown();
        hard.CancelAfter(_options.ShutdownGrace);
        await Task.WhenAll(workers).ConfigureAwait(false);
        KubernetesMetrics.WorkersStarted(Name, -_options.Workers);
    }

    /// <inheritdoc />
    public void Dispose() => _queue.Dispose();

    private ITimer? StartResync()
    {
        if (_options.ResyncPeriod <= TimeSpan.Zero)
        {
            return null;
        }

        var period = _options.ResyncPeriod * (0.9 + (Random.Shared.NextDouble() * 0.2));
        return _clock.CreateTimer(
            _ =>
            {
                foreach (var entity in _informer.Store.List())
                {
                    _queue.Add(ObjectKey.Of(entity), QueuePriority.Low);
                }
            },
            null,
            period,
            period);
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken hard)
    {
        while (!stopping.IsCancellationRequested)
        {
            ObjectKey key;
            try
            {
                (var taken, key) = await _queue.GetAsync(stopping).ConfigureAwait(false);
                if (!taken)
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await HandleAsync(key, hard).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(ObjectKey key, CancellationToken hard)
    {
        var started = _clock.GetTimestamp();
        _running[key] = started;
        KubernetesMetrics.WorkersActive(Name, 1);
        var label = "error";
        using var activity = KubernetesActivity.StartReconcile(Name, key);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(hard);
        deadline.CancelAfter(_options.ReconcileTimeout);
        try
        {
            var result = await ReconcileAsync(key, deadline.Token).ConfigureAwait(false);
            label = Settle(key, result);
        }
        catch (OperationCanceledException) when (hard.IsCancellationRequested)
        {
            // The process ends; the next one starts from what the server says.
            label = "requeue";
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            KubernetesMetrics.CountTimeout(Name);
            Fail(key, $"the reconcile did not finish within {_options.ReconcileTimeout.TotalSeconds:0} s", null);
        }
        catch (LeadershipLostException e)
        {
            // The process ends; whoever leads now looks at every entity.
            _logger.LogDebug("{Controller} {Key}: {Reason}", Name, key, e.Message);
            label = "requeue";
        }
        catch (ApiException e) when (e.IsConflict || e.IsAlreadyExists || e.IsNotFound || e.IsNamespaceTerminating)
        {
            // The cache was behind, or the namespace goes away: both pass, and neither is worth an alarm.
            _logger.LogDebug("{Controller} {Key}: {Reason}; trying again", Name, key, e.Message);
            _queue.AddRateLimited(key);
            label = "requeue";
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException or TimeoutException)
        {
            Fail(key, e.Message, null);
        }
#pragma warning disable CA1031 // Whatever a reconcile throws must not end the worker: it is counted, logged, told and tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            KubernetesMetrics.CountPanic(Name);
            Fail(key, $"{e.GetType().Name}: {e.Message}", e);
        }
        finally
        {
            _running.TryRemove(key, out _);
            KubernetesMetrics.WorkersActive(Name, -1);
            KubernetesMetrics.CountReconcile(Name, label, _clock.GetElapsedTime(started).TotalSeconds);
            _queue.Done(key);
        }
    }

    private string Settle(ObjectKey key, ReconciliationResult result)
    {
        switch (result.Outcome)
        {
            case ReconciliationOutcome.RequeueAfter:
                _queue.Forget(key);
                _queue.AddAfter(key, result.Delay);
                return "requeue_after";
            case ReconciliationOutcome.Retry:
                _logger.LogDebug("{Controller} {Key}: {Reason}; trying again", Name, key, result.Reason);
                _queue.AddRateLimited(key);
                return "requeue";
            case ReconciliationOutcome.Terminal:
                KubernetesMetrics.CountTerminal(Name);
                _logger.LogWarning("{Controller} {Key}: {Reason}; waiting for a change", Name, key, result.Reason);
                _queue.Forget(key);
                return "error";
            default:
                _queue.Forget(key);
                return "success";
        }
    }

    private void Fail(ObjectKey key, string reason, Exception? exception)
    {
        KubernetesMetrics.CountError(Name);
        _queue.AddRateLimited(key);
        var failures = _queue.Failures(key);

        // The first failures of a start-up or a restart of the server are noise; what lasts is told once at each doubling.
        if (failures < 4 && exception is null)
        {
            _logger.LogDebug("{Controller} {Key} failed ({Failures}): {Reason}", Name, key, failures, reason);
            return;
        }

        _logger.LogWarning(exception, "{Controller} {Key} failed ({Failures} in a row): {Reason}", Name, key, failures, reason);
        if (_informer.Store.Get(key) is { } entity)
        {
            _events.Warning(entity, "ReconcileFailed", "Reconcile", reason);
        }
    }

    private async Task<ReconciliationResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var entity = _informer.Store.Get(key);
        if (entity is null)
        {
            await _reconciler.DeletedAsync(key, cancellationToken).ConfigureAwait(false);
            return ReconciliationResult.Done;
        }

        if (entity.Metadata.DeletionTimestamp is not null && await FinalizeAsync(entity, cancellationToken).ConfigureAwait(false) is { } unfinished)
        {
            return unfinished;
        }

        if (entity.Metadata.DeletionTimestamp is null)
        {
            entity = await AddFinalizersAsync(entity, cancellationToken).ConfigureAwait(false);
        }

        return await _reconciler.ReconcileAsync(entity, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs this controller's finalizers; null when none is left, so that the reconciler can tell the status of a deletion that others hold up.</summary>
    private async Task<ReconciliationResult?> FinalizeAsync(TEntity entity, CancellationToken cancellationToken)
    {
        foreach (var finalizer in _finalizers)
        {
            if (entity.Metadata.Finalizers?.Contains(finalizer.Identifier) != true)
            {
                continue;
            }

            var result = await finalizer.FinalizeAsync(entity, cancellationToken).ConfigureAwait(false);
            if (result.Outcome is ReconciliationOutcome.Retry or ReconciliationOutcome.RequeueAfter)
            {
                return result;
            }

            var left = entity.Metadata.Finalizers.Where(name => name != finalizer.Identifier).ToArray();
            entity = await PatchFinalizersAsync(entity, left, cancellationToken).ConfigureAwait(false);
            if (left.Length == 0)
            {
                // With its last finalizer the entity is gone.
                return ReconciliationResult.Done;
            }
        }

        return null;
    }

    private async Task<TEntity> AddFinalizersAsync(TEntity entity, CancellationToken cancellationToken)
    {
        var present = entity.Metadata.Finalizers ?? [];
        var missing = _finalizers.Where(f => !present.Contains(f.Identifier) && f.AppliesTo(entity)).Select(static f => f.Identifier).ToArray();
        return missing.Length == 0
            ? entity
            : await PatchFinalizersAsync(entity, [.. present, .. missing], cancellationToken).ConfigureAwait(false);
    }

    private async Task<TEntity> PatchFinalizersAsync(TEntity entity, string[] finalizers, CancellationToken cancellationToken)
    {
        // The list is replaced as a whole: only if nobody else changed it, or a finalizer of theirs would be lost.
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = entity.Metadata.ResourceVersion,
                ["finalizers"] = new JsonArray([.. finalizers.Select(static f => (JsonNode?)f)]),
            },
        };
        var written = await _resource.PatchAsync(ObjectKey.Of(entity), patch, null, cancellationToken).ConfigureAwait(false);
        if (written.Metadata.DeletionTimestamp is null)
        {
            _informer.Observe(written);
        }

        return written;
    }
}
