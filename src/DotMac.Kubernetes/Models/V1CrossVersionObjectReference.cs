namespace DotMac.Kubernetes.Models;

/// <summary>Names an object of the same namespace.</summary>
public sealed class V1CrossVersionObjectReference
{
    /// <summary>The group and version of its kind.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Its kind.</summary>
    public string? Kind { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }
}
