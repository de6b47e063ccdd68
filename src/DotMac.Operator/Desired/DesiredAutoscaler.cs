using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources.Defaults;

namespace DotMac.Operator.Desired;

/// <summary>Changes the number of a plugin's pods with their load. In the first version, which every cluster serves.</summary>
internal static class DesiredAutoscaler
{
    public static V1HorizontalPodAutoscaler Of(DesiredInputs inputs, EffectiveAutoscaling autoscaling) => new()
    {
        Metadata = ChildMetadata.Of(inputs),
        Spec = new V1HorizontalPodAutoscalerSpec
        {
            ScaleTargetRef = new V1CrossVersionObjectReference
            {
                ApiVersion = EntityType.Of<V1Deployment>().ApiVersion,
                Kind = EntityType.Of<V1Deployment>().Kind,
                Name = inputs.Name,
            },
            MinReplicas = autoscaling.MinReplicas,
            MaxReplicas = autoscaling.MaxReplicas,
            TargetCPUUtilizationPercentage = autoscaling.TargetCpuPercent,
        },
    };
}
