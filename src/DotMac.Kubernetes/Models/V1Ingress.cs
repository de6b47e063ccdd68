using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>HTTP from outside to services.</summary>
[KubernetesEntity(Group = "networking.k8s.io", ApiVersion = "v1", Kind = "Ingress", PluralName = "ingresses")]
public sealed class V1Ingress : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "networking.k8s.io/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Ingress";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is routed where.</summary>
    public V1IngressSpec? Spec { get; set; }
}
