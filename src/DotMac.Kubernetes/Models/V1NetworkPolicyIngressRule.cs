namespace DotMac.Kubernetes.Models;

/// <summary>One thing that may come in.</summary>
public sealed class V1NetworkPolicyIngressRule
{
    /// <summary>From whom; anyone when null.</summary>
    public IList<V1NetworkPolicyPeer>? From { get; set; }

    /// <summary>To which ports; any when null.</summary>
    public IList<V1NetworkPolicyPort>? Ports { get; set; }
}
