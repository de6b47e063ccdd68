using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What became of a command on one device.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Ok">Whether the command was run, whatever its exit code.</param>
/// <param name="ExitCode">The command's exit code; 255 also when a signal ended it.</param>
/// <param name="Stdout">What it wrote, as UTF-8.</param>
/// <param name="Stderr">What it wrote on standard error, as UTF-8.</param>
/// <param name="StdoutTruncated">Whether it wrote more than 256 KiB; the rest is lost.</param>
/// <param name="StderrTruncated">Whether it wrote more than 256 KiB on standard error; the rest is lost.</param>
/// <param name="Code">Why it was not run, for programs.</param>
/// <param name="Error">Why it was not run and what to do, for people.</param>
public sealed record SshExecResult(
    string Device,
    bool Ok,
    int? ExitCode = null,
    string? Stdout = null,
    string? Stderr = null,
    bool? StdoutTruncated = null,
    bool? StderrTruncated = null,
    FailureCode? Code = null,
    string? Error = null)
{
    internal static SshExecResult Failed(Device device, DeviceFailure failure) => new(device.Name, false, Code: failure.Code, Error: failure.Message);
}
