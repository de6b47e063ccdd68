namespace DotMac.Kubernetes.LeaderElection;

/// <summary>Sees to it that of several processes one leads.</summary>
public interface ILeaderElector
{
    /// <summary>Who we are.</summary>
    string Identity { get; }

    /// <summary>
    /// Whether this process leads at this moment, by the clock: no timer needs to have fired for it to become false. A process that was
    /// frozen and goes on finds out before it does anything.
    /// </summary>
    bool IsLeader { get; }

    /// <summary>To be called before every write.</summary>
    /// <exception cref="LeadershipLostException">This process does not lead.</exception>
    void ThrowIfNotLeader();

    /// <summary>Waits to lead, leads, and gives the lease back when the work has ended.</summary>
    /// <param name="lead">
    /// The work. Its first token is the wish to stop, its second says that leadership is lost: then the first is cancelled too, and
    /// nothing may be finished.
    /// </param>
    /// <param name="cancellationToken">The wish to stop; the lease is kept until the work has ended.</param>
    /// <exception cref="LeadershipLostException">Another one may lead. The process should end.</exception>
    Task RunAsync(Func<CancellationToken, CancellationToken, Task> lead, CancellationToken cancellationToken);
}
