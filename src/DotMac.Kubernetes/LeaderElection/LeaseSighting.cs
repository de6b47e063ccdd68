using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.LeaderElection;

/// <summary>
/// A lease as it was last seen, and since when it has been seen like that. Whether a holder is still there is judged by this alone: the
/// times in a lease are those of another machine's clock.
/// </summary>
/// <param name="Lease">The lease; null when there was none.</param>
/// <param name="Since">A timestamp of this process.</param>
internal readonly record struct LeaseSighting(V1Lease? Lease, long Since)
{
    /// <summary>What is known after it was looked at again.</summary>
    public LeaseSighting Next(V1Lease? lease, long now) => new(lease, SaysTheSame(Lease?.Spec, lease?.Spec) ? Since : now);

    // Who annotates a lease has not renewed it.
    private static bool SaysTheSame(V1LeaseSpec? a, V1LeaseSpec? b) =>
        a is null || b is null
            ? a is null && b is null
            : a.HolderIdentity == b.HolderIdentity
                && a.LeaseDurationSeconds == b.LeaseDurationSeconds
                && a.AcquireTime == b.AcquireTime
                && a.RenewTime == b.RenewTime
                && a.LeaseTransitions == b.LeaseTransitions;
}
