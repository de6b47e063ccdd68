namespace DotMac.Plugins.Sdk.Errors;

/// <summary>The vendor asks to come back later (429).</summary>
/// <param name="message">What the vendor said, for the caller.</param>
/// <param name="retryAfter">When to come back; null when the vendor did not say.</param>
/// <param name="vendorCode">The vendor's own error code.</param>
/// <param name="innerException">What caused it.</param>
public sealed class VendorRateLimitException(
    string message, TimeSpan? retryAfter = null, string? vendorCode = null, Exception? innerException = null)
    : PluginException(message, innerException)
{
    /// <summary>When to come back; null when the vendor did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The vendor's own error code.</summary>
    public string? VendorCode { get; } = vendorCode;
}
