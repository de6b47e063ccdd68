namespace DotMac.Kubernetes.Models;

/// <summary>Exactly one of the three is set.</summary>
public sealed class V1ContainerState
{
    /// <summary>Not started.</summary>
    public V1ContainerStateWaiting? Waiting { get; set; }

    /// <summary>Running.</summary>
    public V1ContainerStateRunning? Running { get; set; }

    /// <summary>Ended.</summary>
    public V1ContainerStateTerminated? Terminated { get; set; }
}
