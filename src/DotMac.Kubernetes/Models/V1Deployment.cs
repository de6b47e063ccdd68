using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>Keeps a number of equal pods running and rolls them over.</summary>
[KubernetesEntity(Group = "apps", ApiVersion = "v1", Kind = "Deployment", PluralName = "deployments")]
public sealed class V1Deployment : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "apps/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Deployment";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    public V1DeploymentSpec? Spec { get; set; }

    /// <summary>What was observed.</summary>
    public V1DeploymentStatus? Status { get; set; }
}
