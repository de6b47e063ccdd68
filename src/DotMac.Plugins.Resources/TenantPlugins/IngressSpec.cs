using DotMac.Kubernetes.Entities;

namespace DotMac.Plugins.Resources;

/// <summary>How the vendor's callbacks get in. Only the paths below /v1/webhooks/ are exposed.</summary>
public sealed class IngressSpec
{
    /// <summary>The DNS name under which the vendor calls.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.DnsSubdomain)]
    [SchemaLength(Min = 1, Max = 253)]
    public string? Host { get; set; }

    /// <summary>The IngressClass. Default: the cluster's.</summary>
    [SchemaPattern(Patterns.DnsSubdomain)]
    [SchemaLength(Max = 253)]
    public string? ClassName { get; set; }

    /// <summary>A Secret of type kubernetes.io/tls in the same namespace. Default: the callbacks come in without TLS.</summary>
    [SchemaPattern(Patterns.DnsSubdomain)]
    [SchemaLength(Max = 253)]
    public string? TlsSecretName { get; set; }
}
