using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>How a plugin is fenced in.</summary>
public sealed class SandboxSpec
{
    /// <summary>Whether network policies confine the plugin to its egress rules. Default: true.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The RuntimeClass of the pods, gvisor for example. Default: the cluster's.</summary>
    [SchemaPattern(Patterns.DnsSubdomain)]
    [SchemaLength(Max = 253)]
    public string? RuntimeClassName { get; set; }

    /// <summary>Hosts that the plugin may talk to beside those of its PluginDefinition.</summary>
    [SchemaItems(Max = 64)]
    public IList<EgressRule>? Egress { get; set; }
}
