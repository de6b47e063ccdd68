using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>A host that the plugin may talk to.</summary>
public sealed class EgressRule
{
    /// <summary>A DNS name, *. and a DNS name for all names below it, an IPv4 address, or a range of addresses such as 10.1.0.0/16.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.Host)]
    [SchemaLength(Min = 1, Max = 253)]
    public string? Host { get; set; }

    /// <summary>Ports. Default: 443.</summary>
    [SchemaRange(Min = 1, Max = 65535)]
    [SchemaItems(Max = 32)]
    public IList<int>? Ports { get; set; }

    /// <summary>What the ports are of. Default: TCP.</summary>
    public EgressProtocol? Protocol { get; set; }
}
