namespace DotMac.Kubernetes.Models;

/// <summary>How fast pods are replaced.</summary>
public sealed class V1RollingUpdateDeployment
{
    /// <summary>How many more than wanted.</summary>
    public IntOrString? MaxSurge { get; set; }

    /// <summary>How many fewer than wanted.</summary>
    public IntOrString? MaxUnavailable { get; set; }
}
