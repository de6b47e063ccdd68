namespace DotMac.Vault.Health;

/// <summary>How a node is.</summary>
/// <param name="State">Its state.</param>
/// <param name="Version">Its version; empty when it does not say.</param>
/// <param name="ClusterName">Its cluster; empty while sealed.</param>
/// <param name="ServerTime">Its clock, to the second.</param>
public sealed record VaultHealth(VaultState State, string Version, string ClusterName, DateTimeOffset ServerTime)
{
    /// <summary>Whether requests can be expected to be answered, by this node or by one that it sends them on to.</summary>
    public bool IsServing => State is VaultState.Active or VaultState.Standby or VaultState.PerformanceStandby;
}
