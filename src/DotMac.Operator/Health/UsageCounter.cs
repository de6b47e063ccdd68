using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>
/// Adds up what a plugin's pods did, over their restarts: a process that starts anew counts from nothing, and the sum goes on. Not safe for
/// use by several threads.
/// </summary>
/// <param name="calls">Calls that are known of from before.</param>
/// <param name="errors">Failed calls that are known of from before.</param>
/// <param name="knownUntil">Until when those are of; null when there are none.</param>
internal sealed class UsageCounter(long calls, long errors, DateTimeOffset? knownUntil)
{
    private readonly Dictionary<string, Counters> _pods = new(1, StringComparer.Ordinal);
    private readonly UsageWindow _window = new();

    // Of processes that were counted before: what they tell is not added to what is known, it is the same once more.
    private long _oldCalls;
    private long _oldErrors;
    private long _newCalls;
    private long _newErrors;

    /// <summary>Calls of all pods that ever were.</summary>
    public long Calls => Saturating.Add(Math.Max(calls, _oldCalls), _newCalls);

    /// <summary>Failed calls of all pods that ever were.</summary>
    public long Errors => Saturating.Add(Math.Max(errors, _oldErrors), _newErrors);

    /// <summary>Takes what a pod said.</summary>
    public void Add(string pod, PluginStatusReport report, DateTimeOffset now)
    {
        var said = new Counters(report.StartedAt, report.Metrics.ApiCalls, Math.Min(report.Metrics.ApiErrors, report.Metrics.ApiCalls), report.Metrics.Latency);
        _pods.TryGetValue(pod, out var before);
        _pods[pod] = said;
        if (before is null && knownUntil is { } known && (report.StartedAt is null || report.StartedAt <= known))
        {
            _oldCalls = Saturating.Add(_oldCalls, said.Calls);
            _oldErrors = Saturating.Add(_oldErrors, said.Errors);
            return;
        }

        var since = before is null || before.StartedAt != said.StartedAt || said.Calls < before.Calls || said.Errors < before.Errors
            ? said
            : said.Since(before);
        _newCalls = Saturating.Add(_newCalls, since.Calls);
        _newErrors = Saturating.Add(_newErrors, since.Errors);

        // A process that has run for long and is met only now did most of it before the window.
        if (before is not null || report.StartedAt is null || now - report.StartedAt <= UsageWindow.Span)
        {
            _window.Add(now, since.Calls, since.Errors, since.Latency);
        }
    }

    /// <summary>Forgets the pods that are gone; what they did stays counted.</summary>
    public void Keep(Func<string, bool> exists)
    {
        foreach (var pod in _pods.Keys.Where(pod => !exists(pod)).ToList())
        {
            _pods.Remove(pod);
        }
    }

    /// <summary>What happened in the last five minutes.</summary>
    public RecentUsage Recent(DateTimeOffset now) => _window.All(now);

    /// <summary>Calls and errors of the last half to whole minute.</summary>
    public (long Calls, long Errors) Latest(DateTimeOffset now) => _window.Latest(now);

    private sealed record Counters(DateTimeOffset? StartedAt, long Calls, long Errors, LatencyHistogram? Latency)
    {
        public Counters Since(Counters before) =>
            new(StartedAt, Calls - before.Calls, Errors - before.Errors, Calls == before.Calls ? null : Difference(before.Latency));

        private LatencyHistogram? Difference(LatencyHistogram? before)
        {
            if (Latency is null || before is null || !Latency.BoundsMilliseconds.SequenceEqual(before.BoundsMilliseconds))
            {
                return Latency;
            }

            var counts = Latency.Counts.Zip(before.Counts, static (now, then) => Math.Max(0, now - then)).ToArray();
            return new LatencyHistogram(Latency.BoundsMilliseconds, counts);
        }
    }
}
