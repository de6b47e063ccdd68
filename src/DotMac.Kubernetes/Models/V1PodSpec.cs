using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>What runs in a pod.</summary>
public sealed class V1PodSpec
{
    /// <summary>The pod's identity.</summary>
    public string? ServiceAccountName { get; set; }

    /// <summary>Whether it gets an API token without asking.</summary>
    public bool? AutomountServiceAccountToken { get; set; }

    /// <summary>Whether every service of the namespace is put into the environment.</summary>
    public bool? EnableServiceLinks { get; set; }

    /// <summary>Where it runs; given by the scheduler.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? NodeName { get; set; }

    /// <summary>The sandbox it runs in, such as gVisor.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? RuntimeClassName { get; set; }

    /// <summary>The Secrets with which its images are pulled.</summary>
    public IList<V1LocalObjectReference>? ImagePullSecrets { get; set; }

    /// <summary>How it ranks when there is not enough room for all.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? PriorityClassName { get; set; }

    /// <summary>Seconds between SIGTERM and SIGKILL.</summary>
    public long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>What its processes may do.</summary>
    public V1PodSecurityContext? SecurityContext { get; set; }

    /// <summary>Run one after the other before the rest.</summary>
    public IList<V1Container>? InitContainers { get; set; }

    /// <summary>Run side by side.</summary>
    public IList<V1Container>? Containers { get; set; }

    /// <summary>What may be mounted.</summary>
    public IList<V1Volume>? Volumes { get; set; }

    /// <summary>How replicas are spread.</summary>
    public IList<V1TopologySpreadConstraint>? TopologySpreadConstraints { get; set; }
}
