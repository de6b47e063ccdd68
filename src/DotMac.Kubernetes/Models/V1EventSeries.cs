namespace DotMac.Kubernetes.Models;

/// <summary>How often an event happened.</summary>
public sealed class V1EventSeries
{
    /// <summary>At least 2.</summary>
    public int Count { get; set; }

    /// <summary>When it happened last; RFC 3339 with exactly six decimals.</summary>
    public string? LastObservedTime { get; set; }
}
