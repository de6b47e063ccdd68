using System.Collections.Concurrent;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Queue;
using DotMac.Operator.Diagnostics;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Health;

/// <summary>Asks the ready pods of every plugin how they are, again and again, and tells when the answer means something else.</summary>
internal sealed class HealthProber : IHealthStore, IDisposable
{
    // Each waits for an answer most of the time: so many plugins may hang for two seconds each before the others are asked later than meant.
    private const int Workers = 64;

    // Checks that are run anew may take ten seconds, and may hang for as long: a few at a time, so that the other workers go on.
    private const int MostChecks = 16;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly PluginCaches _caches;
    private readonly IPodProbe _probe;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly SemaphoreSlim _checks = new(MostChecks);
    private readonly ConcurrentDictionary<ObjectKey, PluginPulse> _pulses = new();
    private Action<ObjectKey, bool>? _changed;

    public HealthProber(PluginCaches caches, IPodProbe probe, TimeSpan interval, ILogger<HealthProber> logger, TimeProvider clock)
    {
        _caches = caches;
        _probe = probe;
        _interval = interval;
        _logger = logger;
        _clock = clock;
        _queue = new WorkQueue<ObjectKey>("health-prober", static key => key.Namespace, clock: clock);
    }

    public HealthSnapshot? Get(ObjectKey plugin) => _pulses.TryGetValue(plugin, out var pulse) ? pulse.Snapshot : null;

    /// <summary>Sets who is told of changes: true when the answer means something else, false when only words or numbers moved.</summary>
    public void OnChanged(Action<ObjectKey, bool> changed) => _changed = changed;

    /// <summary>Asks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Only now: while another replica leads, nobody is asked and nothing is kept. All pods that there are are told at once.
        _caches.PodInformer.Subscribe(OnPod);
        _caches.PluginInformer.Subscribe(OnPlugin);
        var workers = Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancellationToken));
        await Task.WhenAll(workers);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _checks.Dispose();
    }

    private void OnPlugin(InformerEvent<TenantPlugin> change)
    {
        var key = ObjectKey.Of(change.Object);
        if (change.Type == InformerEventType.Deleted ? _pulses.ContainsKey(key) : IsWanted(change.Object))
        {
            _queue.Add(key);
        }
    }

    private void OnPod(InformerEvent<V1Pod> change)
    {
        if (PluginPods.PluginOf(change.Object) is not { } plugin)
        {
            return;
        }

        // A pod that became ready is asked at once, one that went away is no longer counted; the rest is a matter of the interval.
        var isReady = change.Type != InformerEventType.Deleted && PodDiagnosis.IsReady(change.Object);
        var wasReady = change.Previous is not null && PodDiagnosis.IsReady(change.Previous);
        if (isReady == wasReady && change.Type != InformerEventType.Deleted)
        {
            return;
        }

        if (change is { Type: InformerEventType.Added } && IsKnown(plugin))
        {
            // The operator has just started, and what the plugin said last stands: ten thousand need not all be asked in the first second.
            _queue.AddAfter(plugin, _interval * Random.Shared.NextDouble());
        }
        else
        {
            _queue.Add(plugin);
        }
    }

    private bool IsKnown(ObjectKey plugin) =>
        !_pulses.ContainsKey(plugin)
        && _caches.PluginInformer.Store.Get(plugin)?.Status?.Health?.State is HealthState.Healthy or HealthState.Degraded or HealthState.Unhealthy;

    // Whether a wish for a check stands there that has not been looked at yet.
    private bool IsWanted(TenantPlugin plugin) =>
        CheckRequest.Unanswered(plugin) is { } mark && (!_pulses.TryGetValue(ObjectKey.Of(plugin), out var pulse) || pulse.Handled != mark);

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
            if (await AskAsync(plugin, cancellationToken) is { } wait)
            {
                _queue.AddAfter(plugin, wait * (0.9 + (Random.Shared.NextDouble() * 0.2)));
            }
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

    private async Task<TimeSpan?> AskAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var pods = PluginPods.Of(_caches.Pods, key);
        var ready = pods.Where(PodDiagnosis.IsReady).ToList();
        var plugin = _caches.PluginInformer.Store.Get(key);
        if (ready.Count == 0)
        {
            Rest(key, isGone: plugin is null);
            return null;
        }

        var pulse = PulseOf(key, plugin);
        var wanted = plugin is not null && IsWanted(plugin) ? CheckRequest.Of(plugin) : null;
        var asked = wanted is not null && pulse.Spared(_clock.GetUtcNow()) == TimeSpan.Zero && await _checks.WaitAsync(0, cancellationToken) ? wanted : null;
        ProbeResult[] results;
        try
        {
            results = await Task.WhenAll(ready.Select(pod => AskPodAsync(pod, asked is not null, cancellationToken)));
        }
        finally
        {
            if (asked is not null)
            {
                _checks.Release();
            }
        }

        if (asked is not null)
        {
            pulse.Ask(_clock.GetUtcNow(), results.Any(static result => result.Report is not null));
        }

        pulse.Keep(name => pods.Any(pod => pod.Metadata.Name == name));
        var before = pulse.Snapshot;
        var after = pulse.Take(results, _clock.GetUtcNow(), asked);
        if (after is not null && !after.SaysTheSameAs(before))
        {
            _changed?.Invoke(key, !after.MeansTheSameAs(before));
        }

        return wanted is null || pulse.Handled == wanted ? pulse.Wait(_interval) : Least(pulse.Wait(_interval), Longer(pulse.Spared(_clock.GetUtcNow()), Soon));
    }

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private void Rest(ObjectKey key, bool isGone)
    {
        if (!_pulses.TryGetValue(key, out var pulse))
        {
            return;
        }

        var known = pulse.Snapshot is not null;
        pulse.Rest();
        if (isGone)
        {
            _pulses.TryRemove(key, out _);
        }

        if (known)
        {
            _changed?.Invoke(key, true);
        }
    }

    private async Task<ProbeResult> AskPodAsync(V1Pod pod, bool fresh, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        var result = await _probe.AskAsync(pod, fresh, cancellationToken);
        OperatorMetrics.Probes.Add(1, new KeyValuePair<string, object?>("result", result.Report is null ? "failure" : "success"));
        if (!fresh)
        {
            // Checks that are run anew take their time, and say nothing of how quickly plugins answer.
            OperatorMetrics.ProbeDuration.Record(_clock.GetElapsedTime(started).TotalSeconds);
        }

        return result;
    }

    private PluginPulse PulseOf(ObjectKey key, TenantPlugin? plugin)
    {
        if (_pulses.TryGetValue(key, out var known) && (plugin is null || known.Uid == plugin.Metadata.Uid))
        {
            return known;
        }

        // An operator that has just started goes on from the numbers that it wrote.
        var metrics = plugin?.Status?.Metrics;
        var usage = new UsageCounter(Math.Max(0, metrics?.ApiCalls ?? 0), Math.Max(0, metrics?.ApiErrors ?? 0), metrics?.ObservedAt);
        return _pulses[key] = new PluginPulse(plugin?.Metadata.Uid, usage);
    }
}
