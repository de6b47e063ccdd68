namespace DotMac.Kubernetes.Models;

/// <summary>What the pods of a workload look like.</summary>
public sealed class V1PodTemplateSpec
{
    /// <summary>Labels and annotations of the pods.</summary>
    public V1ObjectMeta? Metadata { get; set; }

    /// <summary>What runs in them.</summary>
    public V1PodSpec? Spec { get; set; }
}
