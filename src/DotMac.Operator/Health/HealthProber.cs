using System.Collections.Concurrent;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Asks the ready pods of every plugin how they are, again and again, and tells when the answer means something else.</summary>
internal sealed class HealthProber : IHealthStore, IDisposable
{
    private const int Workers = 16;

    private readonly SharedInformer<V1Pod> _pods;
    private readonly IPodProbe _probe;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly ConcurrentDictionary<ObjectKey, Entry> _entries = new();
    private Action<ObjectKey, bool>? _changed;

    public HealthProber(SharedInformer<V1Pod> pods, IPodProbe probe, TimeSpan interval, ILogger<HealthProber> logger, TimeProvider clock)
    {
        _pods = pods;
        _probe = probe;
        _interval = interval;
        _logger = logger;
        _clock = clock;
        _queue = new WorkQueue<ObjectKey>("health-prober", static key => key.Namespace, clock: clock);
    }

    public HealthSnapshot? Get(ObjectKey plugin) => _entries.TryGetValue(plugin, out var entry) ? entry.Snapshot : null;

    /// <summary>Sets who is told of changes: true when the answer means something else, false when only numbers moved.</summary>
    public void OnChanged(Action<ObjectKey, bool> changed) => _changed = changed;

    /// <summary>Asks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Only now: while another replica leads, nobody is asked and nothing is kept. All pods that there are are told at once.
        _pods.Subscribe(OnPod);
        var workers = Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancellationToken));
        await Task.WhenAll(workers);
    }

    public void Dispose() => _queue.Dispose();

    private void OnPod(InformerEvent<V1Pod> change)
    {
        if (PluginPods.PluginOf(change.Object) is not { } plugin)
        {
            return;
        }

        // A pod that became ready is asked at once, one that went away is no longer counted; the rest is a matter of the interval.
        var isReady = change.Type != InformerEventType.Deleted && PodDiagnosis.IsReady(change.Object);
        var wasReady = change.Previous is not null && PodDiagnosis.IsReady(change.Previous);
        if (isReady != wasReady || change.Type == InformerEventType.Deleted)
        {
            _queue.Add(plugin);
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var (taken, plugin) = await _queue.GetAsync(cancellationToken);
                if (!taken)
                {
                    return;
                }

                await AskAgainAsync(plugin, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task AskAgainAsync(ObjectKey plugin, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(plugin, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One plugin's answer must not end the asking of all others, nor of itself.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "Asking {Plugin} failed", plugin);
            _queue.AddAfter(plugin, _interval);
        }
        finally
        {
            _queue.Done(plugin);
        }
    }

    private async Task AskAsync(ObjectKey plugin, CancellationToken cancellationToken)
    {
        var ready = PluginPods.Of(_pods.Store, plugin).Where(PodDiagnosis.IsReady).ToList();
        if (ready.Count == 0)
        {
            if (_entries.TryRemove(plugin, out var gone) && gone.Snapshot is not null)
            {
                _changed?.Invoke(plugin, true);
            }

            return;
        }

        var results = await Task.WhenAll(ready.Select(pod => _probe.AskAsync(pod, cancellationToken)));
        var entry = _entries.GetOrAdd(plugin, static _ => new Entry());
        var silent = Array.TrueForAll(results, static r => r.Report is null);
        entry.Failures = silent ? entry.Failures + 1 : 0;
        var before = entry.Snapshot;
        var after = HealthMerge.Of(results, before, entry.Failures, _clock.GetUtcNow());
        entry.Snapshot = after;
        if (after is not null && !after.MeansTheSameAs(before))
        {
            _changed?.Invoke(plugin, true);
        }
        else if (after is not null && before is not null && (after.ApiCalls != before.ApiCalls || after.ApiErrors != before.ApiErrors))
        {
            _changed?.Invoke(plugin, false);
        }

        // While silence does not count yet, or the plugin has only just come up, an answer is wanted soon.
        var wait = silent && entry.Failures < HealthMerge.FailuresThatCount ? TimeSpan.FromSeconds(2)
            : after?.State == HealthState.Unknown ? TimeSpan.FromSeconds(2)
            : _interval;
        _queue.AddAfter(plugin, wait * (0.9 + (Random.Shared.NextDouble() * 0.2)));
    }

    private sealed class Entry
    {
        public HealthSnapshot? Snapshot { get; set; }

        public int Failures { get; set; }
    }
}
