namespace DotMac.Kubernetes.Models;

/// <summary>What a container needs and may use.</summary>
public sealed class V1ResourceRequirements
{
    /// <summary>What is reserved for it.</summary>
    public IDictionary<string, ResourceQuantity>? Requests { get; set; }

    /// <summary>What it may not exceed.</summary>
    public IDictionary<string, ResourceQuantity>? Limits { get; set; }
}
