namespace DotMac.Kubernetes.Models;

/// <summary>What is scaled, and between which numbers.</summary>
public sealed class V1HorizontalPodAutoscalerSpec
{
    /// <summary>What is scaled.</summary>
    public V1CrossVersionObjectReference? ScaleTargetRef { get; set; }

    /// <summary>The fewest pods.</summary>
    public int? MinReplicas { get; set; }

    /// <summary>The most pods.</summary>
    public int? MaxReplicas { get; set; }

    /// <summary>The use of the CPU that is aimed at, as a percentage of what the pods request.</summary>
    public int? TargetCPUUtilizationPercentage { get; set; }
}
