namespace DotMac.Kubernetes.LeaderElection;

/// <summary>What to do about a lease.</summary>
internal enum LeaseAction
{
    /// <summary>There is none: make it.</summary>
    Create,

    /// <summary>It is free, or its holder is gone: take it.</summary>
    Take,

    /// <summary>It is ours: renew it.</summary>
    Renew,

    /// <summary>Somebody holds it: wait.</summary>
    Wait,
}
