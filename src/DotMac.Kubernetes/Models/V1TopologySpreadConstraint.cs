namespace DotMac.Kubernetes.Models;

/// <summary>How evenly matching pods are spread over a topology.</summary>
public sealed class V1TopologySpreadConstraint
{
    /// <summary>Largest difference allowed.</summary>
    public int MaxSkew { get; set; }

    /// <summary>The node label that names a domain.</summary>
    public string? TopologyKey { get; set; }

    /// <summary><c>ScheduleAnyway</c> or <c>DoNotSchedule</c>.</summary>
    public string? WhenUnsatisfiable { get; set; }

    /// <summary>The pods that count.</summary>
    public V1LabelSelector? LabelSelector { get; set; }
}
