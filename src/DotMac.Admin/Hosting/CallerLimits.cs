using System.Threading.RateLimiting;

namespace DotMac.Admin.Hosting;

/// <summary>How often one may ask: callers by who they are, and those whose tokens are nobody's by where they are.</summary>
internal sealed class CallerLimits : IDisposable
{
    private const int BurstSeconds = 10;
    private const int GuessesPerSecond = 10;
    private const int GuessesAtOnce = 100;

    private readonly PartitionedRateLimiter<string> _callers;
    private readonly PartitionedRateLimiter<string> _guesses;

    public CallerLimits(int requestsPerSecond)
    {
        RequestsPerSecond = requestsPerSecond;
        _callers = Buckets(requestsPerSecond, requestsPerSecond * BurstSeconds);
        _guesses = Buckets(GuessesPerSecond, GuessesAtOnce);
    }

    /// <summary>How often a caller may ask in a second, in the long run.</summary>
    public int RequestsPerSecond { get; }

    /// <summary>Takes a caller's place.</summary>
    public RateLimitLease Take(string caller) => _callers.AttemptAcquire(caller);

    /// <summary>Whether too many tokens from an address were nobody's.</summary>
    public bool IsGuessing(string address)
    {
        using var lease = _guesses.AttemptAcquire(address, 0);
        return !lease.IsAcquired;
    }

    /// <summary>Counts one more.</summary>
    public void Guessed(string address) => _guesses.AttemptAcquire(address).Dispose();

    public void Dispose()
    {
        _callers.Dispose();
        _guesses.Dispose();
    }

    private static PartitionedRateLimiter<string> Buckets(int perSecond, int atOnce) => PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetTokenBucketLimiter(
        who,
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = atOnce,
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = perSecond >= 10 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1.0 / perSecond),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
}
