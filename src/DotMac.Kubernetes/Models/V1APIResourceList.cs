namespace DotMac.Kubernetes.Models;

/// <summary>The resources that one group and version serves.</summary>
public sealed class V1APIResourceList
{
    /// <summary>Group and version.</summary>
    public string? GroupVersion { get; set; }

    /// <summary>The resources.</summary>
    public IList<V1APIResource>? Resources { get; set; }
}
