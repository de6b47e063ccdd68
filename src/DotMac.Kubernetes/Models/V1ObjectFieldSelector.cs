namespace DotMac.Kubernetes.Models;

/// <summary>A field of the pod.</summary>
public sealed class V1ObjectFieldSelector
{
    /// <summary><c>metadata.name</c>, for example.</summary>
    public string? FieldPath { get; set; }
}
