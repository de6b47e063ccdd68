using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>What a plugin did in the last five minutes, all pods together.</summary>
/// <param name="Calls">Calls.</param>
/// <param name="Errors">Failed ones.</param>
/// <param name="Latency">How long the calls took; null when there is nothing to tell of.</param>
internal readonly record struct RecentUsage(long Calls, long Errors, LatencyHistogram? Latency)
{
    /// <summary>Whether the numbers are the same; latencies move only with calls.</summary>
    public bool SameNumbersAs(RecentUsage other) => Calls == other.Calls && Errors == other.Errors;
}
