using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Processes;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>The private files that ssh needs for some devices.</summary>
/// <param name="KnownHosts">The path of the known_hosts file.</param>
/// <param name="Keys">The paths of the private keys by device.</param>
/// <param name="Passwords">The directory of the passwords, one file a device; null when none has one.</param>
internal sealed record SshFiles(string KnownHosts, IReadOnlyDictionary<string, string> Keys, string? Passwords)
{
    /// <summary>The program that ssh asks for a password.</summary>
    public static string AskPass { get; } = Path.Combine(AppContext.BaseDirectory, "helpers", "ssh-askpass");

    /// <summary>What ssh must find in its environment. Passwords stand there by the path of their directory only.</summary>
    public IReadOnlyDictionary<string, string> Environment => Passwords is null
        ? new Dictionary<string, string>()
        : new Dictionary<string, string> { ["SSH_ASKPASS"] = AskPass, ["SSH_ASKPASS_REQUIRE"] = "force", ["DOTMAC_PASSWORDS"] = Passwords };

    /// <summary>Writes the files.</summary>
    public static SshFiles Write(PrivateDirectory directory, IReadOnlyList<Device> devices)
    {
        Dictionary<string, string> keys = [];
        string? passwords = devices.Any(device => device.Ssh?.Password is not null) ? directory.Make("passwords") : null;
        foreach (Device device in devices)
        {
            if (device.Ssh?.PrivateKey is string key)
            {
                keys[device.Name] = directory.Write($"key-{device.Name}", PrivateKeyText.ForFile(key));
            }
            else if (device.Ssh?.Password is string password)
            {
                directory.Write(Path.Combine("passwords", device.Name), password + "\n");
            }
        }

        return new SshFiles(directory.Write("known_hosts", Ssh.KnownHosts.Text(devices)), keys, passwords);
    }
}
