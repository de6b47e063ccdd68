namespace DotMac.Kubernetes.Models;

/// <summary>An empty directory that lives as long as the pod.</summary>
public sealed class V1EmptyDirVolumeSource
{
    /// <summary><c>Memory</c> for tmpfs.</summary>
    public string? Medium { get; set; }

    /// <summary>Evicted above this size.</summary>
    public ResourceQuantity? SizeLimit { get; set; }
}
