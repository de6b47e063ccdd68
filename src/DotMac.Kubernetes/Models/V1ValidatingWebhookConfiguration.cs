using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>What the API server asks of whom before it stores something; patched as JSON, and of its answers only the metadata is read.</summary>
[KubernetesEntity(Group = "admissionregistration.k8s.io", ApiVersion = "v1", Kind = "ValidatingWebhookConfiguration", PluralName = "validatingwebhookconfigurations", Scope = EntityScope.Cluster)]
public sealed class V1ValidatingWebhookConfiguration : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "admissionregistration.k8s.io/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "ValidatingWebhookConfiguration";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();
}
