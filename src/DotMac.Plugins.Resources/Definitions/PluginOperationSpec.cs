using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>Something that a plugin can do.</summary>
public sealed class PluginOperationSpec
{
    /// <summary>The name by which it is called: send_sms.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.OperationName)]
    [SchemaLength(Min = 1, Max = 63)]
    public string? Name { get; set; }

    /// <summary>What it does, for people.</summary>
    [SchemaLength(Max = 1024)]
    public string? Description { get; set; }
}
