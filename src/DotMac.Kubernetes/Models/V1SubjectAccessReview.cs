using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>The question whether somebody may do something. It is answered and not stored.</summary>
[KubernetesEntity(Group = "authorization.k8s.io", ApiVersion = "v1", Kind = "SubjectAccessReview", PluralName = "subjectaccessreviews", Scope = EntityScope.Cluster)]
public sealed class V1SubjectAccessReview : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "authorization.k8s.io/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "SubjectAccessReview";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The question.</summary>
    public V1SubjectAccessReviewSpec Spec { get; set; } = new();

    /// <summary>The answer.</summary>
    public V1SubjectAccessReviewStatus? Status { get; set; }
}
