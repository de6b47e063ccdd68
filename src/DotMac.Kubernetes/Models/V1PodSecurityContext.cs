namespace DotMac.Kubernetes.Models;

/// <summary>What all processes of a pod may do.</summary>
public sealed class V1PodSecurityContext
{
    /// <summary>The kubelet refuses to start a process of uid 0.</summary>
    public bool? RunAsNonRoot { get; set; }

    /// <summary>The uid.</summary>
    public long? RunAsUser { get; set; }

    /// <summary>The gid.</summary>
    public long? RunAsGroup { get; set; }

    /// <summary>The group that owns mounted volumes.</summary>
    public long? FsGroup { get; set; }

    /// <summary>Which system calls are allowed.</summary>
    public V1SeccompProfile? SeccompProfile { get; set; }
}
