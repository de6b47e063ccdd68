namespace DotMac.Kubernetes.Models;

/// <summary>What the process of one container may do.</summary>
public sealed class V1SecurityContext
{
    /// <summary>The kubelet refuses to start a process of uid 0.</summary>
    public bool? RunAsNonRoot { get; set; }

    /// <summary>The uid.</summary>
    public long? RunAsUser { get; set; }

    /// <summary>The gid.</summary>
    public long? RunAsGroup { get; set; }

    /// <summary>Whether only mounted volumes can be written.</summary>
    public bool? ReadOnlyRootFilesystem { get; set; }

    /// <summary>Whether a process may gain more rights than its parent.</summary>
    public bool? AllowPrivilegeEscalation { get; set; }

    /// <summary>Whether the container is root on the node.</summary>
    public bool? Privileged { get; set; }

    /// <summary>Linux capabilities.</summary>
    public V1Capabilities? Capabilities { get; set; }

    /// <summary>Which system calls are allowed.</summary>
    public V1SeccompProfile? SeccompProfile { get; set; }
}
