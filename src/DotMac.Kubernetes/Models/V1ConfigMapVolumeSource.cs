namespace DotMac.Kubernetes.Models;

/// <summary>Files of a ConfigMap.</summary>
public sealed class V1ConfigMapVolumeSource
{
    /// <summary>The ConfigMap.</summary>
    public string? Name { get; set; }

    /// <summary>Permission bits, decimal.</summary>
    public int? DefaultMode { get; set; }

    /// <summary>Only these keys; all when null.</summary>
    public IList<V1KeyToPath>? Items { get; set; }
}
