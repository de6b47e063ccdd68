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

    /// <summary>Reads what an informer holds.</summary>
    public static ObservedDeployment Of(Unstructured deployment) => new(
        deployment.Metadata.Generation ?? 0,
        deployment.Status.IsEmpty
            ? new V1DeploymentStatus()
            : JsonSerializer.Deserialize(deployment.Status.Span, KubernetesJsonContext.Default.V1DeploymentStatus) ?? new V1DeploymentStatus());

    /// <summary>One of its conditions; null when it is not there.</summary>
    public V1DeploymentCondition? Condition(string type) => Status.Conditions?.FirstOrDefault(c => c.Type == type);
}
