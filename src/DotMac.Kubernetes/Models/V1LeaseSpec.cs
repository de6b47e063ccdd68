namespace DotMac.Kubernetes.Models;

/// <summary>Who holds a lease and until when.</summary>
public sealed class V1LeaseSpec
{
    /// <summary>The holder; empty or null when it is free.</summary>
    public string? HolderIdentity { get; set; }

    /// <summary>Seconds after the last renewal at which others may take it.</summary>
    public int? LeaseDurationSeconds { get; set; }

    /// <summary>When the holder took it; RFC 3339 with exactly six decimals.</summary>
    public string? AcquireTime { get; set; }

    /// <summary>When the holder renewed it last; RFC 3339 with exactly six decimals.</summary>
    public string? RenewTime { get; set; }

    /// <summary>How often it changed hands.</summary>
    public int? LeaseTransitions { get; set; }
}
