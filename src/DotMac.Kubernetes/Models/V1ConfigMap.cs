using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>Plain-text configuration.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "ConfigMap", PluralName = "configmaps")]
public sealed class V1ConfigMap : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "ConfigMap";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>File name to content.</summary>
    public IDictionary<string, string>? Data { get; set; }

    /// <summary>Whether the server refuses changes.</summary>
    public bool? Immutable { get; set; }
}
