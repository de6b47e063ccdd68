namespace DotMac.Kubernetes.Models;

/// <summary>One thing that is wrong.</summary>
public sealed class V1StatusCause
{
    /// <summary>In CamelCase.</summary>
    public string? Reason { get; set; }

    /// <summary>For people.</summary>
    public string? Message { get; set; }

    /// <summary>Path of the field.</summary>
    public string? Field { get; set; }
}
