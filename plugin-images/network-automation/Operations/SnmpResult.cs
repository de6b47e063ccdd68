using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Snmp;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What one device answered.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Ok">Whether it answered.</param>
/// <param name="Variables">The variables; null when it did not answer.</param>
/// <param name="Truncated">For a walk: whether there are more variables than were asked for.</param>
/// <param name="Code">Why it did not answer, for programs.</param>
/// <param name="Error">Why it did not answer and what to do, for people.</param>
public sealed record SnmpResult(
    string Device,
    bool Ok,
    IReadOnlyList<SnmpVariable>? Variables = null,
    bool? Truncated = null,
    FailureCode? Code = null,
    string? Error = null)
{
    internal static SnmpResult Failed(Device device, DeviceFailure failure) => new(device.Name, false, Code: failure.Code, Error: failure.Message);
}
