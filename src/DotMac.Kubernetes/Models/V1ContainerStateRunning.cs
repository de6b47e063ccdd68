namespace DotMac.Kubernetes.Models;

/// <summary>A running container.</summary>
public sealed class V1ContainerStateRunning
{
    /// <summary>Since when.</summary>
    public DateTimeOffset? StartedAt { get; set; }
}
