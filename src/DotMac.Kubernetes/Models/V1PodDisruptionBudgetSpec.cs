namespace DotMac.Kubernetes.Models;

/// <summary>How many pods may be taken away, and of which.</summary>
public sealed class V1PodDisruptionBudgetSpec
{
    /// <summary>How many at the same time, or a share of them.</summary>
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>Which pods.</summary>
    public V1LabelSelector? Selector { get; set; }
}
