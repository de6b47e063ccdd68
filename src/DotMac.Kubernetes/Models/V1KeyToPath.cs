namespace DotMac.Kubernetes.Models;

/// <summary>One key as one file.</summary>
public sealed class V1KeyToPath
{
    /// <summary>The key.</summary>
    public string? Key { get; set; }

    /// <summary>The file, relative to the mount.</summary>
    public string? Path { get; set; }

    /// <summary>Permission bits, decimal.</summary>
    public int? Mode { get; set; }
}
