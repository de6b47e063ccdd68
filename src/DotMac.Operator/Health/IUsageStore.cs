using DotMac.Kubernetes.Entities;

namespace DotMac.Operator.Health;

/// <summary>What plugins use.</summary>
internal interface IUsageStore
{
    /// <summary>What a plugin's pods used when it was asked last; null where nobody tells.</summary>
    ResourceUsage? Get(ObjectKey plugin);
}
