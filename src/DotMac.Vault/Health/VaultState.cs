namespace DotMac.Vault.Health;

/// <summary>What state the node that answered is in.</summary>
public enum VaultState
{
    /// <summary>It serves (200).</summary>
    Active,

    /// <summary>Unsealed and waiting; it sends requests on to the active node (429).</summary>
    Standby,

    /// <summary>It reads by itself and sends writes on (473).</summary>
    PerformanceStandby,

    /// <summary>It replicates for the case of a disaster and serves nobody (472).</summary>
    DisasterRecoverySecondary,

    /// <summary>Never initialized (501).</summary>
    Uninitialized,

    /// <summary>Sealed (503).</summary>
    Sealed,

    /// <summary>A standby that does not find the active node (474).</summary>
    StandbyWithoutActive,

    /// <summary>Taken out of its cluster (530).</summary>
    Removed,
}
