namespace DotMac.Plugins.Sdk.Http;

/// <summary>What is special about a client for a vendor.</summary>
public sealed class PluginHttpClientOptions
{
    /// <summary>The vendor's name for messages, such as <c>Twilio</c>.</summary>
    public required string Vendor { get; init; }

    /// <summary>
    /// Its name in the status and as a label of the metrics: <c>[a-z][a-z0-9_]*</c>. Null: <see cref="Vendor"/> in lower case, everything else than letters and
    /// digits as <c>_</c>.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>How long one try may take, its answer's body included.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request is repeated at most, after the first try.</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>The wait before the first retry when the vendor names none; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest Retry-After that is waited for. A longer one is handed to the caller, who knows better what to do meanwhile.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests within 30 seconds, half of them failed, open the circuit.</summary>
    public int BreakerThroughput { get; init; } = 10;

    /// <summary>How long the circuit stays open: requests fail at once, and the vendor gets a rest.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many requests run at a time; further ones wait for their turn, at most as long as their caller.</summary>
    public int MaxConcurrency { get; init; } = 32;

    /// <summary>
    /// The header in which the vendor takes idempotency keys, such as <c>Idempotency-Key</c>; null when it knows none. A POST or PATCH without the header gets a
    /// key of its own, the same for all tries, and is retried like a GET.
    /// </summary>
    public string? IdempotencyHeader { get; init; }

    /// <summary>The longest answer that is read, in bytes.</summary>
    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;
}
