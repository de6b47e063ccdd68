namespace DotMac.Kubernetes.Queue;

/// <summary>A queue at one moment.</summary>
/// <param name="Depth">Keys that wait.</param>
/// <param name="UnfinishedSeconds">Seconds of work under way, all workers together.</param>
/// <param name="LongestSeconds">Seconds that the longest piece of work has run.</param>
internal readonly record struct QueueState(int Depth, double UnfinishedSeconds, double LongestSeconds);
