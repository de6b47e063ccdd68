using System.Security.Cryptography;

namespace DotMac.Kubernetes.LeaderElection;

/// <summary>Which lease decides who leads, and how patient everybody is. The defaults are controller-runtime's.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>The lease's name.</summary>
    public required string LeaseName { get; init; }

    /// <summary>The lease's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Who we are; no two processes may have the same.</summary>
    public string Identity { get; init; } = NewIdentity();

    /// <summary>A lease that others have not seen renewed for this long is free.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A leader that has not managed to renew for this long is none any more. Shorter than <see cref="LeaseDuration"/>.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait between two tries at most.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Waits are up to this many times shorter, at random, so that standbys do not ask all at once. Shorter, unlike client-go's: a lease
    /// that was given back is taken within a retry period.
    /// </summary>
    public double Jitter { get; init; } = 1.2;

    /// <summary>Whether a leader that is told to stop gives the lease back, so that the next one need not wait for it to run out.</summary>
    public bool ReleaseOnCancel { get; init; } = true;

    /// <summary>One try takes no longer than this: a connection that says nothing leaves time for another one.</summary>
    public TimeSpan TryTimeout => RenewDeadline / 2;

    /// <summary>The machine's name, a pod's for example, and something random: a container that starts anew in the same pod is another one.</summary>
    public static string NewIdentity() => $"{Environment.MachineName}_{RandomNumberGenerator.GetHexString(10, lowercase: true)}";

    internal void Validate()
    {
        if (!(LeaseDuration > RenewDeadline && RenewDeadline > RetryPeriod && RetryPeriod > TimeSpan.Zero && Jitter >= 1))
        {
            throw new ArgumentException(
                "leader election needs LeaseDuration > RenewDeadline > RetryPeriod, and Jitter of at least 1, or two could lead at the same time: "
                + $"{LeaseDuration.TotalSeconds} s, {RenewDeadline.TotalSeconds} s, {RetryPeriod.TotalSeconds} s, {Jitter}");
        }
    }
}
