namespace DotMac.Kubernetes.Models;

/// <summary>Where a namespace is in its life.</summary>
public sealed class V1NamespaceStatus
{
    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    public string? Phase { get; set; }
}
