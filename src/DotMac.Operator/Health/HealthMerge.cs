using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Makes one answer of those of several pods. Pure.</summary>
internal static class HealthMerge
{
    /// <summary>So many probes in a row must fail before silence counts as an answer: one lost packet is none.</summary>
    public const int FailuresThatCount = 3;

    /// <summary>Merges.</summary>
    /// <param name="results">One of each ready pod; at least one.</param>
    /// <param name="previous">The last snapshot, kept while silence does not count yet.</param>
    /// <param name="failuresInARow">How often in a row every pod was silent, this time included.</param>
    /// <param name="now">The time.</param>
    public static HealthSnapshot? Of(IReadOnlyList<ProbeResult> results, HealthSnapshot? previous, int failuresInARow, DateTimeOffset now)
    {
        var sorted = results.OrderBy(static r => r.Pod, StringComparer.Ordinal).ToList();
        var reports = sorted.Where(static r => r.Report is not null).Select(static r => r.Report!).ToList();
        if (reports.Count == 0)
        {
            if (failuresInARow < FailuresThatCount)
            {
                return previous;
            }

            var message = $"{sorted[0].Pod} does not answer /status: {sorted[0].Error}";
            return new HealthSnapshot(
                HealthState.Unhealthy, message, [], previous?.ApiCalls ?? 0, previous?.ApiErrors ?? 0, previous?.Latency, previous?.StartedAt, now, Failed: true);
        }

        // A check that fails in one replica fails. Of two that fail alike the first speaks, and the same one each time.
        var checks = reports.SelectMany(static r => r.Checks.Concat(r.Dependencies.Select(static d => new PluginCheck(d.Name, d.State, d.Message))))
            .Where(static c => !string.IsNullOrEmpty(c.Name))
            .GroupBy(static c => c.Name, StringComparer.Ordinal)
            .Select(static g => g.MaxBy(static c => Badness(c.State))!)
            .OrderBy(static c => c.Name, StringComparer.Ordinal)
            .ToList();
        var ofChecks = checks.Select(static c => c.State).DefaultIfEmpty(HealthState.Healthy).MaxBy(Badness);
        var ofStates = reports.Select(static r => OfState(r.State)).MaxBy(Badness);
        var state = Badness(ofStates) > Badness(ofChecks) ? ofStates : ofChecks;
        var worst = checks.Where(c => c.State != HealthState.Healthy && !string.IsNullOrEmpty(c.Message)).MaxBy(static c => Badness(c.State));
        return new HealthSnapshot(
            state,
            state == HealthState.Healthy ? string.Empty : worst is null ? $"the plugin calls itself {state}" : $"{worst.Name}: {worst.Message}",
            checks,
            reports.Aggregate(0L, static (sum, r) => Add(sum, r.Metrics.ApiCalls)),
            reports.Aggregate(0L, static (sum, r) => Add(sum, r.Metrics.ApiErrors)),
            reports.Select(static r => r.Metrics.Latency).OfType<LatencyHistogram>().Aggregate((LatencyHistogram?)null, static (sum, h) => sum?.Merge(h) ?? h),
            reports.Min(static r => r.StartedAt),
            now);
    }

    // Not knowing is worse than knowing that all is well, and better than knowing of trouble.
    private static int Badness(HealthState state) => state switch
    {
        HealthState.Healthy => 0,
        HealthState.Unknown => 1,
        HealthState.Degraded => 2,
        _ => 3,
    };

    private static HealthState OfState(PluginState? state) => state switch
    {
        PluginState.Active or PluginState.Inactive => HealthState.Healthy,
        PluginState.Degraded => HealthState.Degraded,
        PluginState.Failed => HealthState.Unhealthy,
        _ => HealthState.Unknown,
    };

    private static long Add(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
