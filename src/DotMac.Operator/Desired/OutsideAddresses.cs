using System.Net;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Desired;

/// <summary>Which IPv4 addresses plugins may be let out to. Pure.</summary>
internal static class OutsideAddresses
{
    private const string Everywhere = "0.0.0.0/0";

    // Where clouds serve the node's own credentials and settings: AWS, Google, Azure and others; Alibaba; Oracle; Azure's WireServer.
    private static readonly IPNetwork[] Metadata =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32"), IPNetwork.Parse("168.63.129.16/32"),
    ];

    // RFC 1918 and RFC 6598: pods, services, nodes, the API server, and the operator's own machines.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
    ];

    // This network, loopback, multicast and what is reserved (RFC 6890): names that point there point nowhere outside.
    private static readonly IPNetwork[] NoDestination = [IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("224.0.0.0/3")];

    /// <summary>Every address, but none of the metadata services.</summary>
    public static V1IPBlock Any => Within(Everywhere);

    /// <summary>Every address of the Internet: for hosts that are known by name.</summary>
    public static V1IPBlock Public => Block(Everywhere, [.. Private, .. Metadata.Where(static m => !Private.Any(p => p.Contains(m.BaseAddress)))]);

    /// <summary>A range that was declared, but none of the metadata services in it.</summary>
    /// <param name="range">The range in CIDR notation.</param>
    public static V1IPBlock Within(string range) => Block(range, [.. Metadata.Where(m => IPNetwork.Parse(range).Contains(m.BaseAddress))]);

    /// <summary>Whether a range holds nothing but addresses of metadata services.</summary>
    /// <param name="range">The range in CIDR notation.</param>
    public static bool IsMetadata(string range)
    {
        var network = IPNetwork.Parse(range);
        return Metadata.Any(m => m.PrefixLength <= network.PrefixLength && m.Contains(network.BaseAddress));
    }

    /// <summary>Whether an address is one of the Internet: for answers to names, which whoever owns a name may choose freely.</summary>
    public static bool IsPublic(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
        && !Private.Concat(Metadata).Concat(NoDestination).Any(range => range.Contains(address));

    // Two ranges overlap only if one holds the other: so a base address tells.
    private static V1IPBlock Block(string range, IReadOnlyList<IPNetwork> except) =>
        new() { Cidr = range, Except = except.Count == 0 ? null : [.. except.Select(static e => e.ToString())] };
}
