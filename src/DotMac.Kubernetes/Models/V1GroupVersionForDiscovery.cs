namespace DotMac.Kubernetes.Models;

/// <summary>A version of a group.</summary>
public sealed class V1GroupVersionForDiscovery
{
    /// <summary>Group and version.</summary>
    public string? GroupVersion { get; set; }

    /// <summary>Version.</summary>
    public string? Version { get; set; }
}
