namespace DotMac.Plugins.Sdk.Errors;

/// <summary>The vendor has no such thing as the caller asked for (404).</summary>
/// <param name="message">What is not there, for the caller.</param>
/// <param name="innerException">What caused it.</param>
public sealed class ResourceNotFoundException(string message, Exception? innerException = null) : PluginException(message, innerException);
