using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>How much a plugin is used.</summary>
public sealed record MetricsView
{
    [Description("Calls of its operations since it was installed.")]
    public long ApiCalls { get; init; }

    [Description("Those of them that failed on the plugin's or the vendor's side.")]
    public long ApiErrors { get; init; }

    [Description("Failed calls in percent of the calls of the last five minutes.")]
    public decimal? ErrorRatePercent { get; init; }

    [Description("Milliseconds that half of the calls of the last five minutes took at most.")]
    public long? LatencyP50Milliseconds { get; init; }

    [Description("Milliseconds that 95 of 100 calls of the last five minutes took at most.")]
    public long? LatencyP95Milliseconds { get; init; }

    [Description("Seconds since its oldest process started.")]
    public long? UptimeSeconds { get; init; }

    [Description("When its oldest process started.")]
    public DateTimeOffset? StartedAt { get; init; }

    [Description("How often its containers were restarted.")]
    public int? Restarts { get; init; }

    [Description("Memory of its pods, as a Kubernetes quantity.")]
    public string? Memory { get; init; }

    [Description("Processor time of its pods in cores, as a Kubernetes quantity.")]
    public string? Cpu { get; init; }

    [Description("When these numbers were read; they are written seldom, and the plugin's own metrics are the exact source.")]
    public DateTimeOffset? ObservedAt { get; init; }
}
