using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>The question whose token it is. It is answered and not stored.</summary>
[KubernetesEntity(Group = "authentication.k8s.io", ApiVersion = "v1", Kind = "TokenReview", PluralName = "tokenreviews", Scope = EntityScope.Cluster)]
public sealed class V1TokenReview : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "authentication.k8s.io/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "TokenReview";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The question.</summary>
    public V1TokenReviewSpec Spec { get; set; } = new();

    /// <summary>The answer.</summary>
    public V1TokenReviewStatus? Status { get; set; }
}
