namespace DotMac.Kubernetes.Models;

/// <summary>Points at an object.</summary>
public sealed class V1ObjectReference
{
    /// <summary>Group and version.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind.</summary>
    public string? Kind { get; set; }

    /// <summary>Namespace.</summary>
    public string? Namespace { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Uid.</summary>
    public string? Uid { get; set; }

    /// <summary>Version.</summary>
    public string? ResourceVersion { get; set; }
}
