namespace DotMac.Kubernetes.Models;

/// <summary>How pods are replaced.</summary>
public sealed class V1DeploymentStrategy
{
    /// <summary><c>RollingUpdate</c> or <c>Recreate</c>.</summary>
    public string? Type { get; set; }

    /// <summary>How fast.</summary>
    public V1RollingUpdateDeployment? RollingUpdate { get; set; }
}
