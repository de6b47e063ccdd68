using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>How many pods may be taken away at the same time by those who ask first.</summary>
[KubernetesEntity(Group = "policy", ApiVersion = "v1", Kind = "PodDisruptionBudget", PluralName = "poddisruptionbudgets")]
public sealed class V1PodDisruptionBudget : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "policy/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "PodDisruptionBudget";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    public V1PodDisruptionBudgetSpec? Spec { get; set; }
}
