namespace DotMac.Kubernetes.Queue;

/// <summary>How long a key waits after its n-th failure in a row.</summary>
/// <param name="First">After the first failure.</param>
/// <param name="Longest">Never longer than this.</param>
/// <param name="Jitter">Up to this share is added at random, so that keys that failed together do not come back together.</param>
public sealed record ExponentialBackoff(TimeSpan First, TimeSpan Longest, double Jitter = 0.2)
{
    /// <summary>5 ms, doubled up to 5 min.</summary>
    public static ExponentialBackoff Default { get; } = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(5));

    /// <summary>800 ms, doubled up to 30 s: for connections.</summary>
    public static ExponentialBackoff Connection { get; } = new(TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(30), Jitter: 0.5);

    /// <summary>The wait after a number of failures in a row.</summary>
    /// <param name="failures">At least 1.</param>
    /// <param name="random">Between 0 and 1.</param>
    public TimeSpan Delay(int failures, double random)
    {
        // 2^40 times any sensible first delay is beyond any sensible longest one: no overflow, and no end.
        var doublings = Math.Clamp(failures - 1, 0, 40);
        var plain = Math.Min(First.TotalMilliseconds * Math.Pow(2, doublings), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Min(plain * (1 + (Jitter * random)), Longest.TotalMilliseconds));
    }

    /// <summary>The wait after a number of failures in a row, with chance from the system.</summary>
    public TimeSpan Delay(int failures) => Delay(failures, Random.Shared.NextDouble());
}
