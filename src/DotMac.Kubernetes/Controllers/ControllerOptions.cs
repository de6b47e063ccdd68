using DotMac.Kubernetes.Queue;

namespace DotMac.Kubernetes.Controllers;

/// <summary>How a controller works.</summary>
public sealed record ControllerOptions
{
    /// <summary>Entities reconciled at the same time; one entity never twice.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>A reconcile that takes longer is cancelled and tried again.</summary>
    public TimeSpan ReconcileTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The waits after failures.</summary>
    public ExponentialBackoff Backoff { get; init; } = ExponentialBackoff.Default;

    /// <summary>How often every entity is looked at without cause, give or take a tenth; zero for never.</summary>
    public TimeSpan ResyncPeriod { get; init; } = TimeSpan.FromHours(10);

    /// <summary>How long work under way may go on when the process ends.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(20);
}
