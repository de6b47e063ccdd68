namespace DotMac.Kubernetes.Models;

/// <summary>What the deployment controller saw.</summary>
public sealed class V1DeploymentStatus
{
    /// <summary>The spec it has seen.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>Pods of any template.</summary>
    public int? Replicas { get; set; }

    /// <summary>Pods of the newest template.</summary>
    public int? UpdatedReplicas { get; set; }

    /// <summary>Pods that are ready.</summary>
    public int? ReadyReplicas { get; set; }

    /// <summary>Pods that have been ready long enough.</summary>
    public int? AvailableReplicas { get; set; }

    /// <summary>Pods that are missing.</summary>
    public int? UnavailableReplicas { get; set; }

    /// <summary>Available, Progressing, ReplicaFailure.</summary>
    public IList<V1DeploymentCondition>? Conditions { get; set; }
}
