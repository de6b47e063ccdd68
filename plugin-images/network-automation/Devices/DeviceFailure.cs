namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>Something went wrong with one device; the others go on.</summary>
/// <param name="code">Why, for programs.</param>
/// <param name="message">Why and what to do, for the caller. Holds no secret.</param>
internal sealed class DeviceFailure(FailureCode code, string message) : Exception(message)
{
    /// <summary>Why, for programs.</summary>
    public FailureCode Code { get; } = code;
}
