namespace DotMac.Plugins.Sdk.Metrics;

/// <summary>The bounds of all latency histograms, so that they merge without loss.</summary>
internal static class LatencyBuckets
{
    /// <summary>Upper bounds in milliseconds: from a call that never left the node to the longest that a caller may wait for.</summary>
    public static IReadOnlyList<int> BoundsMilliseconds { get; } = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000];
}
