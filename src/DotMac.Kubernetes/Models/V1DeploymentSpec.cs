namespace DotMac.Kubernetes.Models;

/// <summary>What a Deployment keeps running.</summary>
public sealed class V1DeploymentSpec
{
    /// <summary>How many pods; null leaves it to whoever scales.</summary>
    public int? Replicas { get; set; }

    /// <summary>Which pods are its own; cannot be changed.</summary>
    public V1LabelSelector? Selector { get; set; }

    /// <summary>What they look like.</summary>
    public V1PodTemplateSpec? Template { get; set; }

    /// <summary>How they are replaced.</summary>
    public V1DeploymentStrategy? Strategy { get; set; }

    /// <summary>Seconds a new pod must be ready before it counts.</summary>
    public int? MinReadySeconds { get; set; }

    /// <summary>Seconds until a roll-out counts as stuck.</summary>
    public int? ProgressDeadlineSeconds { get; set; }

    /// <summary>How many old ReplicaSets are kept.</summary>
    public int? RevisionHistoryLimit { get; set; }
}
