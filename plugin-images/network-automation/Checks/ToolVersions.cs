using System.Text.RegularExpressions;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Checks;

/// <summary>Reads the versions out of what programs say of themselves. Pure.</summary>
internal static partial class ToolVersions
{
    /// <summary>Such as <c>net-snmp 5.9.3</c>, of "NET-SNMP version: 5.9.3".</summary>
    public static string NetSnmp(string text) => $"net-snmp {Read("snmpget", NetSnmpForm(), text)}";

    /// <summary>Such as <c>OpenSSH 9.2p1</c>, of "OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19 27 Jan 2026".</summary>
    public static string OpenSsh(string text) => $"OpenSSH {Read("ssh", OpenSshForm(), text)}";

    /// <summary>Such as <c>ansible-core 2.14.18</c>, of "ansible-playbook [core 2.14.18]".</summary>
    public static string Ansible(string text) => $"ansible-core {Read("ansible-playbook", AnsibleForm(), text)}";

    private static string Read(string program, Regex form, string text) => form.Match(text) is { Success: true } match
        ? match.Groups["version"].Value
        : throw new VendorException($"{program} does not run: {(text.Trim() is { Length: > 0 } said ? said[..Math.Min(said.Length, 300)] : "it says nothing")}");

    [GeneratedRegex(@"NET-SNMP version: (?<version>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex NetSnmpForm();

    [GeneratedRegex(@"OpenSSH_(?<version>[^\s,]+)", RegexOptions.CultureInvariant)]
    private static partial Regex OpenSshForm();

    [GeneratedRegex(@"ansible-playbook \[core (?<version>[^\]]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex AnsibleForm();
}
