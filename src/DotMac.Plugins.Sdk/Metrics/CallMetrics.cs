using System.Collections.Frozen;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Plugins.Sdk.Metrics;

/// <summary>Counts calls by operation. Only declared operations have a counter: names from outside would be labels without bound.</summary>
internal sealed class CallMetrics(IEnumerable<string> operations)
{
    /// <summary>The counters by the operation's name.</summary>
    public FrozenDictionary<string, OperationMetrics> ByOperation { get; } = operations.ToFrozenDictionary(name => name, _ => new OperationMetrics());

    /// <summary>All operations together, as the status has it.</summary>
    public PluginMetrics Total()
    {
        LatencyHistogram latency = ByOperation.Values.Aggregate(
            new LatencyHistogram(LatencyBuckets.BoundsMilliseconds, new long[LatencyBuckets.BoundsMilliseconds.Count + 1]),
            (sum, operation) => sum.Merge(operation.Latency));
        return new PluginMetrics(latency.Total(), ByOperation.Values.Sum(operation => operation.Errors), latency);
    }
}
