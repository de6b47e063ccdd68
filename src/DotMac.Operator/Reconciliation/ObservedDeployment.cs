using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Operator.Reconciliation;

/// <summary>How far a Deployment is.</summary>
/// <param name="Generation">The newest spec.</param>
/// <param name="Status">What the deployment controller saw.</param>
internal sealed record ObservedDeployment(long Generation, V1DeploymentStatus Status)
{
    /// <summary>Whether the status speaks of the newest spec.</summary>
    public bool IsCurrent => Status.ObservedGeneration >= Generation;

    /// <summary>How many pods it is to keep, whoever decided so.</summary>
    public int? Replicas { get; init; }

    /// <summary>Reads what an informer holds.</summary>
    public static ObservedDeployment Of(Unstructured deployment) => new(
        deployment.Metadata.Generation ?? 0,
        deployment.Status.IsEmpty
            ? new V1DeploymentStatus()
            : JsonSerializer.Deserialize(deployment.Status.Span, KubernetesJsonContext.Default.V1DeploymentStatus) ?? new V1DeploymentStatus())
    {
        Replicas = ReplicasOf(deployment),
    };

    /// <summary>How many pods a Deployment is to keep; null when it does not say.</summary>
    public static int? ReplicasOf(Unstructured deployment)
    {
        using var body = deployment.ParseBody();
        return body.RootElement.TryGetProperty("spec", out var spec) && spec.TryGetProperty("replicas", out var replicas) && replicas.TryGetInt32(out var count) ? count : null;
    }

    /// <summary>One of its conditions; null when it is not there.</summary>
    public V1DeploymentCondition? Condition(string type) => Status.Conditions?.FirstOrDefault(c => c.Type == type);
}
