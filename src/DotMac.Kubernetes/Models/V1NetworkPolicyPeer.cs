namespace DotMac.Kubernetes.Models;

/// <summary>Whom a rule is about.</summary>
public sealed class V1NetworkPolicyPeer
{
    /// <summary>Pods of these namespaces.</summary>
    public V1LabelSelector? NamespaceSelector { get; set; }

    /// <summary>Pods of these labels.</summary>
    public V1LabelSelector? PodSelector { get; set; }

    /// <summary>Addresses.</summary>
    public V1IPBlock? IpBlock { get; set; }
}
