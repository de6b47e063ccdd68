using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>What a plugin said of itself.</summary>
public sealed class TenantPluginHealth
{
    /// <summary>The worst of its checks.</summary>
    [JsonConverter(typeof(TolerantEnumConverter<HealthState>))]
    public HealthState? State { get; set; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>What is wrong, for people; empty when nothing is.</summary>
    public string? Message { get; set; }

    /// <summary>The checks one by one.</summary>
    public IList<TenantPluginHealthCheck>? Checks { get; set; }

    /// <summary>The value of the annotation plugins.dotmac.io/checkRequestedAt that was answered last: the checks were run after it was set.</summary>
    [SchemaLength(Max = 64)]
    public string? HandledCheckAt { get; set; }
}
