namespace DotMac.Kubernetes.Models;

/// <summary>Keys of a Secret as files.</summary>
public sealed class V1SecretProjection
{
    /// <summary>The Secret.</summary>
    public string? Name { get; set; }

    /// <summary>Only these keys; all when null.</summary>
    public IList<V1KeyToPath>? Items { get; set; }

    /// <summary>Whether the pod starts without it.</summary>
    public bool? Optional { get; set; }
}
