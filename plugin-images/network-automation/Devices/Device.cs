using DotMac.Plugins.NetworkAutomation.Config;

namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>A device as the config has it, the defaults taken over.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">Its host name or address.</param>
/// <param name="Groups">Its groups.</param>
/// <param name="Snmp">How it is reached by SNMP; null when it is not.</param>
/// <param name="Ssh">How it is reached by SSH; null when it is not.</param>
internal sealed record Device(string Name, string Host, IReadOnlyList<string> Groups, SnmpTarget? Snmp, SshTarget? Ssh)
{
    /// <summary>Puts a device and the defaults together.</summary>
    public static Device Of(string name, DeviceConfig device, DefaultsConfig? defaults) =>
        new(name, device.Host, device.Groups, SnmpTarget.Of(device, defaults), SshTarget.Of(device, defaults));

    /// <summary>Its name alone.</summary>
    public override string ToString() => Name;
}
