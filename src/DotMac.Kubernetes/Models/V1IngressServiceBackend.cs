namespace DotMac.Kubernetes.Models;

/// <summary>A service behind a path.</summary>
public sealed class V1IngressServiceBackend
{
    /// <summary>The service.</summary>
    public string? Name { get; set; }

    /// <summary>Its port.</summary>
    public V1ServiceBackendPort? Port { get; set; }
}
