using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.LeaderElection;

/// <summary>What to do about a lease. Pure.</summary>
/// <param name="Action">What.</param>
/// <param name="Left">For <see cref="LeaseAction.Wait"/>: how long its holder may still be silent.</param>
internal readonly record struct LeaseDecision(LeaseAction Action, TimeSpan Left)
{
    /// <summary>Decides.</summary>
    /// <param name="lease">The lease; null when there is none.</param>
    /// <param name="unchangedFor">For how long this process has seen it as it is.</param>
    /// <param name="options">Who we are, and how patient.</param>
    public static LeaseDecision Of(V1Lease? lease, TimeSpan unchangedFor, LeaderElectionOptions options)
    {
        if (lease is null)
        {
            return new LeaseDecision(LeaseAction.Create, TimeSpan.Zero);
        }

        var spec = lease.Spec;
        if (string.IsNullOrEmpty(spec?.HolderIdentity))
        {
            return new LeaseDecision(LeaseAction.Take, TimeSpan.Zero);
        }

        if (spec.HolderIdentity == options.Identity)
        {
            return new LeaseDecision(LeaseAction.Renew, TimeSpan.Zero);
        }

        // The holder's promise, not ours: it may have been started with other times.
        var promised = spec.LeaseDurationSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : options.LeaseDuration;
        return unchangedFor >= promised
            ? new LeaseDecision(LeaseAction.Take, TimeSpan.Zero)
            : new LeaseDecision(LeaseAction.Wait, promised - unchangedFor);
    }
}
