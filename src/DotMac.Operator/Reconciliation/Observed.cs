using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;

namespace DotMac.Operator.Reconciliation;

/// <summary>What is there: read from caches, never asked for.</summary>
/// <param name="Deployment">The Deployment, if it is there and ours.</param>
/// <param name="Pods">The plugin's pods, those that are going included.</param>
/// <param name="Health">What the plugin said last; null when it was not asked yet.</param>
internal sealed record Observed(ObservedDeployment? Deployment, IReadOnlyList<V1Pod> Pods, HealthSnapshot? Health)
{
    /// <summary>Warnings about the pods.</summary>
    public IReadOnlyList<Corev1Event> Warnings { get; init; } = [];

    /// <summary>What the pods use; null where nobody tells.</summary>
    public ResourceUsage? Usage { get; init; }

    /// <summary>What keeps pods from being made or from running; null when nothing does.</summary>
    public PodTrouble? Trouble(DateTimeOffset now) => Deployment is null
        ? null
        : ReplicaDiagnosis.Of(Deployment.Condition("ReplicaFailure")) ?? PodDiagnosis.Of(Pods, Warnings, now);
}
