using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What became of an upload to one device.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Ok">Whether the file is there.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="Code">Why it is not there, for programs.</param>
/// <param name="Error">Why it is not there and what to do, for people.</param>
public sealed record SshUploadResult(string Device, bool Ok, int? Bytes = null, FailureCode? Code = null, string? Error = null)
{
    internal static SshUploadResult Failed(Device device, DeviceFailure failure) => new(device.Name, false, Code: failure.Code, Error: failure.Message);
}
