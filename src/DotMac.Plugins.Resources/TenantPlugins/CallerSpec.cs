using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>Somebody who may call the plugin's operations.</summary>
public sealed class CallerSpec
{
    /// <summary>The caller's namespace.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.DnsLabel)]
    [SchemaLength(Min = 1, Max = 63)]
    public string? Namespace { get; set; }

    /// <summary>The caller's service account. Default: every one of the namespace.</summary>
    [SchemaPattern(Patterns.DnsSubdomain)]
    [SchemaLength(Max = 253)]
    public string? ServiceAccount { get; set; }
}
