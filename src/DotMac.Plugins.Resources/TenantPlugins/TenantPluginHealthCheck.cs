using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>One thing that a plugin checks about itself.</summary>
public sealed class TenantPluginHealthCheck
{
    /// <summary>What is checked: credentials, for example.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Name { get; set; }

    /// <summary>What was found.</summary>
    [JsonConverter(typeof(TolerantEnumConverter<HealthState>))]
    public HealthState? State { get; set; }

    /// <summary>What is wrong and what to do, for people.</summary>
    public string? Message { get; set; }
}
