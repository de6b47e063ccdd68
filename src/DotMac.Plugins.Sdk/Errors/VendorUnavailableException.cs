namespace DotMac.Plugins.Sdk.Errors;

/// <summary>The vendor cannot be reached (503).</summary>
/// <param name="message">What was tried, for the caller.</param>
/// <param name="retryAfter">When it may be worth another try; null when unknown.</param>
/// <param name="innerException">What caused it.</param>
public sealed class VendorUnavailableException(string message, TimeSpan? retryAfter = null, Exception? innerException = null)
    : PluginException(message, innerException)
{
    /// <summary>When it may be worth another try; null when unknown.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
