using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Defaults;

namespace DotMac.Operator.Egress;

/// <summary>Which hosts of egress rules are names that can be looked up. Pure.</summary>
internal static class EgressHosts
{
    /// <summary>The names outside the cluster, each once. Wildcards have no addresses, and addresses need no looking up.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<EffectiveEgress> egress) =>
        [.. egress.Select(static rule => rule.Host).Where(static host => AddressRange.Of(host) is null && !IsInside(host) && !host.StartsWith('*')).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a host is a name of the cluster's DNS: of a service, alone, with its namespace, or in full.</summary>
    public static bool IsInside(string host) =>
        !host.Contains('.', StringComparison.Ordinal)
        || host.EndsWith(".svc", StringComparison.Ordinal)
        || host.EndsWith(".cluster.local", StringComparison.Ordinal);
}
