using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>A plugin that another one needs.</summary>
public sealed class PluginDependency
{
    /// <summary>The name of the needed PluginDefinition.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.DnsLabel)]
    [SchemaLength(Min = 1, Max = 63)]
    public string? Plugin { get; set; }

    /// <summary>The versions that will do: &gt;=1.0.0 &lt;2.0.0, ^1.2, ~1.2.3, 1.x or * for instance. Default: any.</summary>
    [SchemaLength(Max = 128)]
    public string? Version { get; set; }
}
