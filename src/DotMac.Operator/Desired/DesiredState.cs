using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Desired;

/// <summary>What one TenantPlugin becomes. Pure: the same inputs give the same objects, byte for byte.</summary>
internal static class DesiredState
{
    /// <summary>The objects that must be there, in the order in which they are to be made.</summary>
    public static IReadOnlyList<IKubernetesEntity> Of(DesiredInputs inputs)
    {
        var children = new List<IKubernetesEntity>
        {
            new V1ServiceAccount { Metadata = ChildMetadata.Of(inputs), AutomountServiceAccountToken = false },
            DesiredConfigMap.Of(inputs),
            DesiredService.Of(inputs),
        };
        if (inputs.Effective.SandboxEnabled)
        {
            children.Add(DesiredNetworkPolicy.Of(inputs));
        }

        if (inputs.Effective.Ingress is { } ingress)
        {
            children.Add(DesiredIngress.Of(inputs, ingress));
        }

        if (DesiredDisruptionBudget.IsWanted(inputs))
        {
            children.Add(DesiredDisruptionBudget.Of(inputs));
        }

        if (inputs.Effective is { IsAutoscaled: true, Autoscaling: { } autoscaling })
        {
            children.Add(DesiredAutoscaler.Of(inputs, autoscaling));
        }

        // Last: its pods want all of the others.
        children.Add(DesiredDeployment.Of(inputs));
        return children;
    }
}
