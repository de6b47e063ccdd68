namespace DotMac.Kubernetes.Models;

/// <summary>One thing that may go out.</summary>
public sealed class V1NetworkPolicyEgressRule
{
    /// <summary>To whom; anyone when null.</summary>
    public IList<V1NetworkPolicyPeer>? To { get; set; }

    /// <summary>To which ports; any when null.</summary>
    public IList<V1NetworkPolicyPort>? Ports { get; set; }
}
