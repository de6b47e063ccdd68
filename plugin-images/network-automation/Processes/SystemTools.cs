using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>Finds programs where the system has them, whatever PATH says.</summary>
internal static class SystemTools
{
    /// <summary>The PATH that programs get.</summary>
    public const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The path of a program.</summary>
    /// <exception cref="VendorUnavailableException">There is no such program.</exception>
    public static string Find(string program) =>
        Path.Split(':').Select(directory => System.IO.Path.Combine(directory, program)).FirstOrDefault(File.Exists)
            ?? throw new VendorUnavailableException($"The program {program} is not installed; the plugin's own image has it (packages snmp, openssh-client, ansible-core).");
}
