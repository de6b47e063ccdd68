namespace DotMac.Plugins.Sdk.Errors;

/// <summary>The vendor did not answer in time (504). What was asked may have happened all the same.</summary>
/// <param name="message">What was tried, for the caller.</param>
/// <param name="innerException">What caused it.</param>
public sealed class VendorTimeoutException(string message, Exception? innerException = null) : PluginException(message, innerException);
