namespace DotMac.Kubernetes.Models;

/// <summary>What is allowed.</summary>
public sealed class V1NetworkPolicySpec
{
    /// <summary>The pods it is about.</summary>
    public V1LabelSelector? PodSelector { get; set; }

    /// <summary><c>Ingress</c>, <c>Egress</c> or both.</summary>
    public IList<string>? PolicyTypes { get; set; }

    /// <summary>What may come in.</summary>
    public IList<V1NetworkPolicyIngressRule>? Ingress { get; set; }

    /// <summary>What may go out.</summary>
    public IList<V1NetworkPolicyEgressRule>? Egress { get; set; }
}
