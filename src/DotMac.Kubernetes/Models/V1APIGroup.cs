namespace DotMac.Kubernetes.Models;

/// <summary>One group that a server serves.</summary>
public sealed class V1APIGroup
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its versions, the best first.</summary>
    public IList<V1GroupVersionForDiscovery>? Versions { get; set; }

    /// <summary>The version to use.</summary>
    public V1GroupVersionForDiscovery? PreferredVersion { get; set; }
}
