namespace DotMac.Kubernetes.Models;

/// <summary>Paths of a host.</summary>
public sealed class V1HTTPIngressRuleValue
{
    /// <summary>The paths.</summary>
    public IList<V1HTTPIngressPath>? Paths { get; set; }
}
