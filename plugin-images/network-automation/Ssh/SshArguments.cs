using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>Builds the command lines of ssh and sftp. Pure.</summary>
internal static class SshArguments
{
    /// <summary>
    /// For <c>ssh</c>. The <c>--</c> stands for the host and for the command: without it ssh would read a command that begins with a dash as
    /// options of its own. ssh's own messages go to the log file, so that standard error is the command's alone.
    /// </summary>
    public static IReadOnlyList<string> Exec(Device device, SshFiles files, string logFile, string command) =>
    [
        "-F", "/dev/null", "-T", "-E", logFile,
        .. SshOptions.Of(device, files),
        "-p", Port(device), "-l", device.Ssh!.User!,
        "--", device.Ssh.Host, command,
    ];

    /// <summary>For <c>sftp</c>, which reads its commands from standard input. Our options come before <c>-b</c>, which forbids passwords.</summary>
    public static IReadOnlyList<string> Sftp(Device device, SshFiles files) =>
    [
        "-F", "/dev/null",
        .. SshOptions.Of(device, files),
        "-o", $"User={device.Ssh!.User}",
        "-P", Port(device), "-b", "-",
        "--", SftpHost(device.Ssh.Host),
    ];

    private static string Port(Device device) => device.Ssh!.Port.ToString(CultureInfo.InvariantCulture);

    // sftp takes what follows a colon for a path.
    private static string SftpHost(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : host;
}
