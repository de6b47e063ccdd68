namespace DotMac.Plugins.Sdk.Errors;

/// <summary>
/// An error that callers are told about. Its message goes to the caller as it is: it holds no secret. Any other exception that leaves an
/// operation is a defect: the caller gets a 500 without details and the log the rest.
/// </summary>
public abstract class PluginException : Exception
{
    private protected PluginException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
