using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>An object of any kind of which only the metadata was asked for.</summary>
public sealed class V1PartialObjectMetadata : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; }

    /// <inheritdoc />
    public string? Kind { get; set; }

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();
}
