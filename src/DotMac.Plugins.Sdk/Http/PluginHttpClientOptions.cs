namespace DotMac.Plugins.Sdk.Http;

/// <summary>What is special about a client for a vendor.</summary>
public sealed class PluginHttpClientOptions
{
    /// <summary>The vendor's name for messages, such as <c>Twilio</c>.</summary>
    public required string Vendor { get; init; }

    /// <summary>How long one try may take.</summary>
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
}
