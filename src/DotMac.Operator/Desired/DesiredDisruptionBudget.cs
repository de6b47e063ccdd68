using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Desired;

/// <summary>Lets nodes be drained one pod of a plugin at a time, so that the others go on serving.</summary>
internal static class DesiredDisruptionBudget
{
    /// <summary>
    /// Whether there is one: only where there may be more than one pod, for of a single one it would say nothing. Deactivating changes nothing in
    /// that.
    /// </summary>
    public static bool IsWanted(DesiredInputs inputs) =>
        inputs.DisruptionBudget is not null && (inputs.Effective.Autoscaling?.MaxReplicas ?? inputs.Effective.Replicas) > 1;

    /// <summary>The budget, in the version that the cluster serves.</summary>
    public static IKubernetesEntity Of(DesiredInputs inputs)
    {
        var spec = new V1PodDisruptionBudgetSpec
        {
            MaxUnavailable = 1,
            Selector = new V1LabelSelector { MatchLabels = ChildMetadata.Selector(inputs) },
        };
        return inputs.DisruptionBudget == EntityType.Of<V1beta1PodDisruptionBudget>()
            ? new V1beta1PodDisruptionBudget { Metadata = ChildMetadata.Of(inputs), Spec = spec }
            : new V1PodDisruptionBudget { Metadata = ChildMetadata.Of(inputs), Spec = spec };
    }
}
