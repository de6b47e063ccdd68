namespace DotMac.Kubernetes.Models;

/// <summary>Something that can be mounted. Exactly one source is set.</summary>
public sealed class V1Volume
{
    /// <summary>Unique in the pod.</summary>
    public string? Name { get; set; }

    /// <summary>Files of a ConfigMap.</summary>
    public V1ConfigMapVolumeSource? ConfigMap { get; set; }

    /// <summary>An empty directory that lives as long as the pod.</summary>
    public V1EmptyDirVolumeSource? EmptyDir { get; set; }

    /// <summary>Several sources in one directory.</summary>
    public V1ProjectedVolumeSource? Projected { get; set; }
}
