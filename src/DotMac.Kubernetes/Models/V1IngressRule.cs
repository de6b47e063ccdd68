namespace DotMac.Kubernetes.Models;

/// <summary>Routes of one host.</summary>
public sealed class V1IngressRule
{
    /// <summary>The host.</summary>
    public string? Host { get; set; }

    /// <summary>Its paths.</summary>
    public V1HTTPIngressRuleValue? Http { get; set; }
}
