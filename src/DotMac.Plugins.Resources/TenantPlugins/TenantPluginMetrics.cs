using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>How much a plugin is used, summed over its pods.</summary>
public sealed class TenantPluginMetrics
{
    /// <summary>Calls to the vendor's API since the plugin started.</summary>
    public long? ApiCalls { get; set; }

    /// <summary>Failed calls to the vendor's API since the plugin started.</summary>
    public long? ApiErrors { get; set; }

    /// <summary>Failed calls in percent of all, with two decimals. A string, because a CRD should hold no floats.</summary>
    [SchemaPattern(@"^[0-9]{1,3}(\.[0-9]{1,2})?$")]
    [JsonConverter(typeof(InternedStringConverter))]
    public string? ErrorRatePercent { get; set; }

    /// <summary>Milliseconds that half of the calls took at most.</summary>
    public long? LatencyP50Milliseconds { get; set; }

    /// <summary>Milliseconds that 95 of 100 calls took at most.</summary>
    public long? LatencyP95Milliseconds { get; set; }

    /// <summary>When the oldest running process started.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>How often containers were restarted.</summary>
    public int? Restarts { get; set; }

    /// <summary>Memory of all its pods as metrics.k8s.io tells; absent where that is not served.</summary>
    public ResourceQuantity? Memory { get; set; }

    /// <summary>CPU of all its pods as metrics.k8s.io tells; absent where that is not served.</summary>
    public ResourceQuantity? Cpu { get; set; }

    /// <summary>When these numbers were read.</summary>
    public DateTimeOffset? ObservedAt { get; set; }
}
