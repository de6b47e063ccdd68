using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Applying;

/// <summary>The kinds that a TenantPlugin becomes.</summary>
internal static class ChildKind
{
    /// <summary>Every kind, in the order in which objects are made, each with the versions in which it may be served: the newest first.</summary>
    public static IReadOnlyList<IReadOnlyList<EntityType>> Homes { get; } =
    [
        [EntityType.Of<V1ServiceAccount>()],
        [EntityType.Of<V1ConfigMap>()],
        [EntityType.Of<V1Service>()],
        [EntityType.Of<V1NetworkPolicy>()],
        [EntityType.Of<V1Ingress>()],
        [EntityType.Of<V1PodDisruptionBudget>(), EntityType.Of<V1beta1PodDisruptionBudget>()],
        [EntityType.Of<V1HorizontalPodAutoscaler>()],
        [EntityType.Of<V1Deployment>()],
    ];

    /// <summary>Every kind in every version.</summary>
    public static IReadOnlyList<EntityType> All { get; } = [.. Homes.SelectMany(static homes => homes)];

    /// <summary>Kinds that a TenantPlugin may stop to need.</summary>
    public static IReadOnlyList<EntityType> Optional { get; } =
    [
        EntityType.Of<V1NetworkPolicy>(),
        EntityType.Of<V1Ingress>(),
        EntityType.Of<V1PodDisruptionBudget>(),
        EntityType.Of<V1beta1PodDisruptionBudget>(),
        EntityType.Of<V1HorizontalPodAutoscaler>(),
    ];
}
