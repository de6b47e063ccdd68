namespace DotMac.Plugins.Sdk.Errors;

/// <summary>The vendor refused or failed, and the caller's request is not to blame (502).</summary>
/// <param name="message">What the vendor said, for the caller.</param>
/// <param name="vendorCode">The vendor's own error code.</param>
/// <param name="innerException">What caused it.</param>
public sealed class VendorException(string message, string? vendorCode = null, Exception? innerException = null)
    : PluginException(message, innerException)
{
    /// <summary>The vendor's own error code.</summary>
    public string? VendorCode { get; } = vendorCode;
}
