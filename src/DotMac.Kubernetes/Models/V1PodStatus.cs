namespace DotMac.Kubernetes.Models;

/// <summary>What the kubelet saw of a pod.</summary>
public sealed class V1PodStatus
{
    /// <summary><c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public string? Phase { get; set; }

    /// <summary>Why the pod is in this phase, in CamelCase.</summary>
    public string? Reason { get; set; }

    /// <summary>The same, for people.</summary>
    public string? Message { get; set; }

    /// <summary>The pod's address.</summary>
    public string? PodIP { get; set; }

    /// <summary>When the kubelet took the pod.</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Ready, PodScheduled and the rest.</summary>
    public IList<V1PodCondition>? Conditions { get; set; }

    /// <summary>State of each init container.</summary>
    public IList<V1ContainerStatus>? InitContainerStatuses { get; set; }

    /// <summary>State of each container.</summary>
    public IList<V1ContainerStatus>? ContainerStatuses { get; set; }
}
