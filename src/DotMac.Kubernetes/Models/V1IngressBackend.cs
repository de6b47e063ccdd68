namespace DotMac.Kubernetes.Models;

/// <summary>Where a path goes.</summary>
public sealed class V1IngressBackend
{
    /// <summary>A service.</summary>
    public V1IngressServiceBackend? Service { get; set; }
}
