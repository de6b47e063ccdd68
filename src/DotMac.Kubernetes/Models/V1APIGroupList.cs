namespace DotMac.Kubernetes.Models;

/// <summary>The groups that a server serves.</summary>
public sealed class V1APIGroupList
{
    /// <summary>The groups, but for the core group.</summary>
    public IList<V1APIGroup>? Groups { get; set; }
}
