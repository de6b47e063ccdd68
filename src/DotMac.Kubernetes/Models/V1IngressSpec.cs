namespace DotMac.Kubernetes.Models;

/// <summary>What is routed where.</summary>
public sealed class V1IngressSpec
{
    /// <summary>Which controller does it.</summary>
    public string? IngressClassName { get; set; }

    /// <summary>Certificates.</summary>
    public IList<V1IngressTLS>? Tls { get; set; }

    /// <summary>Routes.</summary>
    public IList<V1IngressRule>? Rules { get; set; }
}
