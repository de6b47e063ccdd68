using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>A host that the plugin may talk to.</summary>
public sealed class EgressRule
{
    /// <summary>A DNS name, *. and a DNS name for all names below it, or an IPv4 address.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.Host)]
    [SchemaLength(Min = 1, Max = 253)]
    public string? Host { get; set; }

    /// <summary>TCP ports. Default: 443.</summary>
    [SchemaRange(Min = 1, Max = 65535)]
    [SchemaItems(Max = 32)]
    public IList<int>? Ports { get; set; }
}
