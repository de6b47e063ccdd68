using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>State of one container of a pod.</summary>
public sealed class V1ContainerStatus
{
    /// <summary>The container's name.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Name { get; set; }

    /// <summary>Whether its readiness probe passes.</summary>
    public bool Ready { get; set; }

    /// <summary>How often it was started again.</summary>
    public int RestartCount { get; set; }

    /// <summary>The image it runs.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Image { get; set; }

    /// <summary>The image's digest.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? ImageID { get; set; }

    /// <summary>What it does now.</summary>
    public V1ContainerState? State { get; set; }

    /// <summary>How it ended last.</summary>
    public V1ContainerState? LastState { get; set; }
}
