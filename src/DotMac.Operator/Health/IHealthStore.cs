using DotMac.Kubernetes.Entities;

namespace DotMac.Operator.Health;

/// <summary>What plugins said last.</summary>
internal interface IHealthStore
{
    /// <summary>What a plugin said last; null when it was not asked since its pods became ready.</summary>
    HealthSnapshot? Get(ObjectKey plugin);
}
