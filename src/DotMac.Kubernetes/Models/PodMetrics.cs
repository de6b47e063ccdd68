using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>What a pod uses, as <c>metrics.k8s.io</c> tells it where a metrics server runs.</summary>
[KubernetesEntity(Group = "metrics.k8s.io", ApiVersion = "v1beta1", Kind = "PodMetrics", PluralName = "pods")]
public sealed class PodMetrics : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "metrics.k8s.io/v1beta1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "PodMetrics";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Each container.</summary>
    public IList<ContainerMetrics>? Containers { get; set; }
}
