using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>Says which object another one belongs to and dies with.</summary>
public sealed class V1OwnerReference
{
    /// <summary>Group and version of the owner.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the owner.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Kind { get; set; }

    /// <summary>Name of the owner, in the same namespace or cluster-scoped.</summary>
    public string? Name { get; set; }

    /// <summary>Uid of the owner.</summary>
    public string? Uid { get; set; }

    /// <summary>At most one owner is the controller.</summary>
    public bool? Controller { get; set; }

    /// <summary>Whether foreground deletion of the owner waits for this object.</summary>
    public bool? BlockOwnerDeletion { get; set; }
}
