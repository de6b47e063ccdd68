namespace DotMac.Kubernetes.Queue;

/// <summary>What goes first when both wait.</summary>
public enum QueuePriority
{
    /// <summary>A live change: somebody waits for it.</summary>
    High,

    /// <summary>The initial list and resyncs: nobody waits for any one of them.</summary>
    Low,
}
