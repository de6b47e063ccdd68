using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>Who may talk to a set of pods and whom they may talk to.</summary>
[KubernetesEntity(Group = "networking.k8s.io", ApiVersion = "v1", Kind = "NetworkPolicy", PluralName = "networkpolicies")]
public sealed class V1NetworkPolicy : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "networking.k8s.io/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "NetworkPolicy";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is allowed.</summary>
    public V1NetworkPolicySpec? Spec { get; set; }
}
