namespace DotMac.Kubernetes.Models;

/// <summary>What a container uses.</summary>
public sealed class ContainerMetrics
{
    /// <summary>The container's name.</summary>
    public string? Name { get; set; }

    /// <summary><c>cpu</c> in cores and <c>memory</c> in bytes.</summary>
    public IDictionary<string, ResourceQuantity>? Usage { get; set; }
}
