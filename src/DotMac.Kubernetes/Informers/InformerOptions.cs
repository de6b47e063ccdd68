using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Queue;

namespace DotMac.Kubernetes.Informers;

/// <summary>How an informer watches.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed record InformerOptions<T>
{
    /// <summary>Which objects; all of the kind unless said otherwise.</summary>
    public ListOptions Scope { get; init; } = ListOptions.All;

    /// <summary>Applied to every object before it is kept, to drop what nobody reads. Must not return null.</summary>
    public Func<T, T>? Transform { get; init; }

    /// <summary>How watches are opened.</summary>
    public WatchOptions Watch { get; init; } = new();

    /// <summary>The waits after failures.</summary>
    public ExponentialBackoff Backoff { get; init; } = ExponentialBackoff.Connection;
}
