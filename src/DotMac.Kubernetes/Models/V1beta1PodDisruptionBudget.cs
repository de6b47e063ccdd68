using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary><see cref="V1PodDisruptionBudget" /> as Kubernetes before 1.21 serves it.</summary>
[KubernetesEntity(Group = "policy", ApiVersion = "v1beta1", Kind = "PodDisruptionBudget", PluralName = "poddisruptionbudgets")]
public sealed class V1beta1PodDisruptionBudget : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "policy/v1beta1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "PodDisruptionBudget";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    public V1PodDisruptionBudgetSpec? Spec { get; set; }
}
