namespace DotMac.Kubernetes.Models;

/// <summary>Which Kubernetes a server is.</summary>
public sealed class VersionInfo
{
    /// <summary><c>1</c>.</summary>
    public string? Major { get; set; }

    /// <summary><c>20</c>; some vendors add a plus sign.</summary>
    public string? Minor { get; set; }

    /// <summary><c>v1.20.2</c>.</summary>
    public string? GitVersion { get; set; }
}
