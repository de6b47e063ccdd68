using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>Between which numbers of pods a plugin goes, and by what.</summary>
public sealed class AutoscalingSpec
{
    /// <summary>The fewest pods. Default: 1.</summary>
    [SchemaRange(Min = 1, Max = 100)]
    public int? MinReplicas { get; set; }

    /// <summary>The most pods.</summary>
    [SchemaRequired]
    [SchemaRange(Min = 1, Max = 100)]
    public int? MaxReplicas { get; set; }

    /// <summary>The use of the CPU that is aimed at, as a percentage of what the pods request. Default: 80.</summary>
    [SchemaRange(Min = 1, Max = 100)]
    public int? TargetCpuPercent { get; set; }
}
