namespace DotMac.Kubernetes.Models;

/// <summary>Names an object of the same namespace, whose kind the field says.</summary>
public sealed class V1LocalObjectReference
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }
}
