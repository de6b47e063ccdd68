namespace DotMac.Kubernetes.Models;

/// <summary>A certificate for hosts.</summary>
public sealed class V1IngressTLS
{
    /// <summary>The hosts.</summary>
    public IList<string>? Hosts { get; set; }

    /// <summary>The Secret with certificate and key.</summary>
    public string? SecretName { get; set; }
}
