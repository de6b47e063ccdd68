namespace DotMac.Kubernetes.Models;

/// <summary>Several sources in one directory.</summary>
public sealed class V1ProjectedVolumeSource
{
    /// <summary>Permission bits, decimal.</summary>
    public int? DefaultMode { get; set; }

    /// <summary>What is in it.</summary>
    public IList<V1VolumeProjection>? Sources { get; set; }
}
