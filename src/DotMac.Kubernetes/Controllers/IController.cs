namespace DotMac.Kubernetes.Controllers;

/// <summary>A controller, whatever its kind: what those who start and supervise it need.</summary>
public interface IController
{
    /// <summary>Its name, for logs and metrics.</summary>
    string Name { get; }

    /// <summary>For how long the reconcile that has run longest has run; zero when none runs.</summary>
    TimeSpan LongestReconcile { get; }

    /// <summary>A reconcile that runs longer than this is stuck beyond its own deadline.</summary>
    TimeSpan StalledAfter { get; }

    /// <summary>Looks at every entity and then at what changes, until cancelled; then lets work under way finish.</summary>
    /// <param name="cancellationToken">The wish to stop.</param>
    /// <param name="abandon">Work under way must not finish either.</param>
    Task RunAsync(CancellationToken cancellationToken, CancellationToken abandon = default);
}
