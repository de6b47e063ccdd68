using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>A namespace; one with the tenant label is a tenant.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Namespace", PluralName = "namespaces", Scope = EntityScope.Cluster)]
public sealed class V1Namespace : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Namespace";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Where the namespace is in its life.</summary>
    public V1NamespaceStatus? Status { get; set; }
}
