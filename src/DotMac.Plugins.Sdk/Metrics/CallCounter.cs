using DotMac.Plugins.Contract.Status;

namespace DotMac.Plugins.Sdk.Metrics;

/// <summary>Counts the calls of one operation, or those to one vendor. Lock-free; a reader may see a call in one counter and not yet in another.</summary>
internal sealed class CallCounter
{
    private readonly long[] _counts = new long[LatencyBuckets.BoundsMilliseconds.Count + 1];
    private long _errors;
    private long _sumMicroseconds;
    private int _inFlight;

    /// <summary>Calls that failed on the plugin's or the vendor's side.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Calls that run now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How long the ended calls took.</summary>
    public LatencyHistogram Latency => new(
        LatencyBuckets.BoundsMilliseconds,
        [.. Enumerable.Range(0, _counts.Length).Select(bucket => Interlocked.Read(ref _counts[bucket]))],
        Interlocked.Read(ref _sumMicroseconds) / 1000d);

    /// <summary>A call begins.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>A call ended.</summary>
    public void End(TimeSpan elapsed, bool isError)
    {
        Interlocked.Decrement(ref _inFlight);
        int bucket = 0;
        while (bucket < LatencyBuckets.BoundsMilliseconds.Count && elapsed.TotalMilliseconds > LatencyBuckets.BoundsMilliseconds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sumMicroseconds, (long)elapsed.TotalMicroseconds);
        if (isError)
        {
            Interlocked.Increment(ref _errors);
        }
    }
}
