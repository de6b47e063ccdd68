using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>A running group of containers.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Pod", PluralName = "pods")]
public sealed class V1Pod : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Pod";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    public V1PodSpec? Spec { get; set; }

    /// <summary>What was observed.</summary>
    public V1PodStatus? Status { get; set; }
}
