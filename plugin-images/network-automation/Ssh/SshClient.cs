using System.Security.Cryptography;
using System.Text;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Processes;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>Runs ssh and sftp against one device.</summary>
internal static class SshClient
{
    // ssh's own failures; a command may end with it too.
    private const int SshFailed = 255;

    /// <summary>Runs a command on the device.</summary>
    public static async Task<ChildResult> ExecAsync(Device device, string command, CancellationToken cancellationToken)
    {
        SshTarget target = Target(device);
        using var directory = new PrivateDirectory();
        SshFiles files = SshFiles.Write(directory, [device]);
        string log = directory.Write("ssh.log", "");
        ChildResult result = await ChildProcess.RunAsync(
            new ChildCommand("ssh", SshArguments.Exec(device, files, log, command), files.Environment, directory.Path), cancellationToken);
        if (result.ExitCode != SshFailed)
        {
            return result;
        }

        return SshErrors.Map(target, await File.ReadAllTextAsync(log, cancellationToken)) is DeviceFailure failure ? throw failure
            : result.Error.Text.StartsWith("No user exists for uid", StringComparison.Ordinal) ? throw new VendorException(
                "ssh refuses to run, because the container's user has no entry in /etc/passwd; run the plugin's own image as its own user, 10001.")
            : result;
    }

    /// <summary>Uploads a file to the device.</summary>
    public static async Task UploadAsync(Device device, string path, byte[] content, string? mode, bool atomic, CancellationToken cancellationToken)
    {
        SshTarget target = Target(device);
        using var directory = new PrivateDirectory();
        SshFiles files = SshFiles.Write(directory, [device]);
        string local = directory.Write("content", content);
        string? temporary = atomic ? $"{path}.dotmac-{RandomNumberGenerator.GetHexString(8, lowercase: true)}" : null;
        ChildResult result = await SftpAsync(SftpBatch.Upload(local, path, temporary, mode));
        if (result.ExitCode == 0)
        {
            return;
        }

        string said = result.Error.Text;
        if (SshErrors.Map(target, said) is DeviceFailure failure)
        {
            throw failure;
        }

        if (temporary is not null)
        {
            await SftpAsync(SftpBatch.Remove(temporary));
        }

        throw Refused(said, temporary);

        Task<ChildResult> SftpAsync(string batch) => ChildProcess.RunAsync(
            new ChildCommand("sftp", SshArguments.Sftp(device, files), files.Environment, directory.Path) { Input = Encoding.UTF8.GetBytes(batch) }, cancellationToken);
    }

    private static DeviceFailure Refused(string said, string? temporary)
    {
        string line = string.Join(' ', said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(4));
        return line.Contains("Permission denied", StringComparison.Ordinal)
            ? new DeviceFailure(FailureCode.Forbidden, $"The device does not let the user write there: {line}")
            : line.Contains("rename", StringComparison.Ordinal) && temporary is not null
                ? new DeviceFailure(FailureCode.Refused, $"The device does not rename over a file, so set atomic to false: {line}")
                : new DeviceFailure(FailureCode.Refused, line.Length > 0 ? line : "sftp failed without saying why.");
    }

    private static SshTarget Target(Device device) =>
        device.Ssh ?? throw new DeviceFailure(FailureCode.NotConfigured, "The config has no ssh for this device.");
}
