using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>Writes a known_hosts file: the config's keys and no others. Pure.</summary>
internal static class KnownHosts
{
    /// <summary>The file's content. Devices stand in it by their names, which ssh is told as aliases: addresses and ports play no part.</summary>
    public static string Text(IEnumerable<Device> devices) => string.Concat(
        from device in devices
        from key in device.Ssh?.HostKeys ?? []
        let words = key.Split(' ')
        select $"{device.Name} {words[0]} {words[1]}\n");
}
