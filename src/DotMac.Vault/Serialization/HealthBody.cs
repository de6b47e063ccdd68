namespace DotMac.Vault.Serialization;

/// <summary>The answer of <c>sys/health</c>.</summary>
internal sealed record HealthBody(
    bool? Initialized,
    bool Sealed,
    bool Standby,
    bool PerformanceStandby,
    long ServerTimeUtc,
    string? Version,
    string? ClusterName,
    string? ClusterId);
