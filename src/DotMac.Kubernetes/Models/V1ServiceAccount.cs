using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>An identity for pods.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "ServiceAccount", PluralName = "serviceaccounts")]
public sealed class V1ServiceAccount : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "ServiceAccount";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Whether pods get an API token without asking.</summary>
    public bool? AutomountServiceAccountToken { get; set; }
}
