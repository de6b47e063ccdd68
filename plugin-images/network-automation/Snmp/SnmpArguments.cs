using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Operations;

namespace DotMac.Plugins.NetworkAutomation.Snmp;

/// <summary>Builds the command lines of net-snmp's programs. Pure. What follows <c>--</c> is never taken for an option.</summary>
internal static class SnmpArguments
{
    /// <summary>For <c>snmpget</c>.</summary>
    public static IReadOnlyList<string> Get(SnmpTarget target, IReadOnlyList<string> oids) =>
        [.. Common(target, oids), "--", Address(target), .. oids];

    /// <summary>For <c>snmpbulkwalk</c>.</summary>
    public static IReadOnlyList<string> Walk(SnmpTarget target, string oid, int maxRepetitions) =>
        [.. Common(target, [oid]), string.Create(CultureInfo.InvariantCulture, $"-Cr{maxRepetitions}"), "--", Address(target), oid];

    /// <summary>For <c>snmpset</c>.</summary>
    public static IReadOnlyList<string> Set(SnmpTarget target, IReadOnlyList<SnmpAssignment> assignments) =>
        [.. Common(target, [.. assignments.Select(assignment => assignment.Oid)]), "--", Address(target),
            .. assignments.SelectMany(assignment => new[] { assignment.Oid, assignment.Type, assignment.Value })];

    /// <summary>The address as net-snmp writes it: transport, host, port.</summary>
    public static string Address(SnmpTarget target) =>
        IPAddress.TryParse(target.Host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? string.Create(CultureInfo.InvariantCulture, $"udp6:[{target.Host}]:{target.Port}")
            : string.Create(CultureInfo.InvariantCulture, $"udp:{target.Host}:{target.Port}");

    // -m: which MIBs are loaded; none, unless a name asks for its module. -On: numbers for names. -Oe: numbers for enumerations. -OU: no units.
    // -Ox: strings as hexadecimal numbers.
    private static IEnumerable<string> Common(SnmpTarget target, IReadOnlyList<string> oids) =>
    [
        "-m", string.Join(':', oids.Where(oid => oid.Contains("::", StringComparison.Ordinal)).Select(oid => oid[..oid.IndexOf(':', StringComparison.Ordinal)]).Distinct()),
        "-On", "-Oe", "-OU", "-Ox",
        "-t", target.TimeoutSeconds.ToString("0.###", CultureInfo.InvariantCulture),
        "-r", target.Retries.ToString(CultureInfo.InvariantCulture),
    ];
}
