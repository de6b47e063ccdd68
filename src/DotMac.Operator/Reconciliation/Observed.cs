using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;

namespace DotMac.Operator.Reconciliation;

/// <summary>What is there: read from caches, never asked for.</summary>
/// <param name="Deployment">The Deployment, if it is there and ours.</param>
/// <param name="Pods">The plugin's pods, those that are going included.</param>
/// <param name="Health">What the plugin said last; null when it was not asked yet.</param>
internal sealed record Observed(ObservedDeployment? Deployment, IReadOnlyList<V1Pod> Pods, HealthSnapshot? Health);
