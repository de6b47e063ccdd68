using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>A claim that expires unless renewed; leader election stands on it.</summary>
[KubernetesEntity(Group = "coordination.k8s.io", ApiVersion = "v1", Kind = "Lease", PluralName = "leases")]
public sealed class V1Lease : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "coordination.k8s.io/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Lease";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who holds it and until when.</summary>
    public V1LeaseSpec? Spec { get; set; }
}
