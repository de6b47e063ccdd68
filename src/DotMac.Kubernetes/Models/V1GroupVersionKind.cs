namespace DotMac.Kubernetes.Models;

/// <summary>A kind, by its full name.</summary>
public sealed class V1GroupVersionKind
{
    /// <summary>The API group; empty for the core group.</summary>
    public string? Group { get; set; }

    /// <summary>The version.</summary>
    public string? Version { get; set; }

    /// <summary>The kind.</summary>
    public string? Kind { get; set; }
}
