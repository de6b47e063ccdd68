namespace DotMac.StandIns.Vault;

/// <summary>What part in a cluster the stand-in plays.</summary>
public enum NodeRole
{
    /// <summary>It serves.</summary>
    Active,

    /// <summary>It sends everything on to the active node (307).</summary>
    Standby,

    /// <summary>As <see cref="Standby"/>, and says 473 of its health.</summary>
    PerformanceStandby,

    /// <summary>As <see cref="Standby"/>, and says 472 of its health.</summary>
    DisasterRecoverySecondary,

    /// <summary>It was never initialized.</summary>
    Uninitialized,
}
