namespace DotMac.Kubernetes.Models;

/// <summary>One source of a projected volume. Exactly one is set.</summary>
public sealed class V1VolumeProjection
{
    /// <summary>Keys of a Secret.</summary>
    public V1SecretProjection? Secret { get; set; }

    /// <summary>Keys of a ConfigMap.</summary>
    public V1ConfigMapProjection? ConfigMap { get; set; }

    /// <summary>A token of the pod's own identity.</summary>
    public V1ServiceAccountTokenProjection? ServiceAccountToken { get; set; }
}
