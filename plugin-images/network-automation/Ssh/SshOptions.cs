using System.Globalization;
using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>The options that ssh, sftp and Ansible's ssh get. Pure. ssh takes the first value it meets, so nothing later can weaken them.</summary>
internal static class SshOptions
{
    /// <summary>The options, each a word <c>-o</c> and a word <c>Name=value</c>.</summary>
    public static IReadOnlyList<string> Of(Device device, SshFiles files)
    {
        SshTarget target = device.Ssh!;
        return [.. Pairs(device.Name, target, files).SelectMany(pair => new[] { "-o", $"{pair.Name}={pair.Value}" })];
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string name, SshTarget target, SshFiles files)
    {
        // The host is who the config says: no file but ours, no question, no learning.
        yield return ("StrictHostKeyChecking", "yes");
        yield return ("UserKnownHostsFile", Quoted(files.KnownHosts));
        yield return ("GlobalKnownHostsFile", "/dev/null");
        yield return ("HostKeyAlias", name);
        yield return ("CheckHostIP", "no");
        yield return ("UpdateHostKeys", "no");
        yield return ("VerifyHostKeyDNS", "no");

        // We are who the config says: one key or one password, nothing that lies about.
        bool hasKey = files.Keys.TryGetValue(name, out string? key);
        yield return ("IdentitiesOnly", "yes");
        yield return ("IdentityAgent", "none");
        yield return ("IdentityFile", hasKey ? Quoted(key!) : "none");
        yield return ("PubkeyAuthentication", hasKey ? "yes" : "no");
        yield return ("PasswordAuthentication", hasKey ? "no" : "yes");
        yield return ("KbdInteractiveAuthentication", hasKey ? "no" : "yes");
        yield return ("PreferredAuthentications", hasKey ? "publickey" : "password,keyboard-interactive");
        yield return ("GSSAPIAuthentication", "no");
        yield return ("HostbasedAuthentication", "no");
        yield return ("NumberOfPasswordPrompts", "1");
        yield return ("BatchMode", hasKey ? "yes" : "no");

        // A call is a connection: nothing shared, nothing forwarded, nothing run on our side.
        yield return ("ControlMaster", "no");
        yield return ("ControlPath", "none");
        yield return ("ClearAllForwardings", "yes");
        yield return ("ForwardAgent", "no");
        yield return ("ForwardX11", "no");
        yield return ("PermitLocalCommand", "no");
        yield return ("ProxyCommand", "none");
        yield return ("EscapeChar", "none");
        yield return ("RequestTTY", "no");

        yield return ("ConnectTimeout", target.ConnectTimeoutSeconds.ToString(CultureInfo.InvariantCulture));
        yield return ("ConnectionAttempts", "1");
        yield return ("ServerAliveInterval", "15");
        yield return ("ServerAliveCountMax", "3");
        yield return ("LogLevel", "ERROR");
        if (target.LegacyAlgorithms)
        {
            yield return ("KexAlgorithms", "+diffie-hellman-group14-sha1,diffie-hellman-group-exchange-sha1,diffie-hellman-group1-sha1");
            yield return ("HostKeyAlgorithms", "+ssh-rsa");
            yield return ("PubkeyAcceptedAlgorithms", "+ssh-rsa");
            yield return ("Ciphers", "+aes256-cbc,aes128-cbc,3des-cbc");
            yield return ("MACs", "+hmac-sha1");
        }
    }

    // ssh splits the values of these options at white space, and TMPDIR may have some.
    private static string Quoted(string path) => $"\"{path}\"";
}
