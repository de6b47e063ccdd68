using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.LeaderElection;

/// <summary>What a lease says when it is held by us, and when it is given back. Pure.</summary>
internal static class LeaseContent
{
    /// <summary>The lease, held by us.</summary>
    /// <param name="current">The lease as it is; its resourceVersion makes the write conditional. Null when there is none.</param>
    /// <param name="options">Who we are, and for how long.</param>
    /// <param name="now">The time, for people.</param>
    public static V1Lease Held(V1Lease? current, LeaderElectionOptions options, DateTimeOffset now)
    {
        var spec = current?.Spec;
        var ours = spec?.HolderIdentity == options.Identity;
        return new V1Lease
        {
            Metadata = current?.Metadata ?? new V1ObjectMeta { Name = options.LeaseName, Namespace = options.Namespace },
            Spec = new V1LeaseSpec
            {
                HolderIdentity = options.Identity,
                LeaseDurationSeconds = (int)Math.Ceiling(options.LeaseDuration.TotalSeconds),
                AcquireTime = ours ? spec!.AcquireTime : MicroTime.Text(now),
                RenewTime = MicroTime.Text(now),
                LeaseTransitions = (spec?.LeaseTransitions ?? 0) + (ours || current is null ? 0 : 1),
            },
        };
    }

    /// <summary>The lease, given back: nobody's, and for those who look at the duration first, over in a second.</summary>
    public static V1Lease Released(V1Lease current, DateTimeOffset now) => new()
    {
        Metadata = current.Metadata,
        Spec = new V1LeaseSpec
        {
            HolderIdentity = string.Empty,
            LeaseDurationSeconds = 1,
            AcquireTime = MicroTime.Text(now),
            RenewTime = MicroTime.Text(now),
            LeaseTransitions = current.Spec?.LeaseTransitions,
        },
    };
}
