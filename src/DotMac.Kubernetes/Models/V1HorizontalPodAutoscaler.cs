using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>Changes the number of pods with their load.</summary>
[KubernetesEntity(Group = "autoscaling", ApiVersion = "v1", Kind = "HorizontalPodAutoscaler", PluralName = "horizontalpodautoscalers")]
public sealed class V1HorizontalPodAutoscaler : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "autoscaling/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "HorizontalPodAutoscaler";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    public V1HorizontalPodAutoscalerSpec? Spec { get; set; }
}
