using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Informers;

/// <summary>An informer, whatever its kind: what those who start and supervise it need.</summary>
public interface IInformer
{
    /// <summary>The kind that it watches.</summary>
    EntityType Type { get; }

    /// <summary>Completes when the first list is in the store.</summary>
    Task Synced { get; }

    /// <summary>When the server was last heard of: a list, an event or a bookmark.</summary>
    DateTimeOffset LastContact { get; }

    /// <summary>Since when no watch could be opened, so that what is in the store may be old; null while one is open, or is just being opened anew.</summary>
    DateTimeOffset? InterruptedSince { get; }

    /// <summary>Lists and watches until cancelled; survives everything that the server and the network do.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
