namespace DotMac.Kubernetes.Models;

/// <summary>One container of a pod.</summary>
public sealed class V1Container
{
    /// <summary>Unique in the pod.</summary>
    public string? Name { get; set; }

    /// <summary>What it runs.</summary>
    public string? Image { get; set; }

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>.</summary>
    public string? ImagePullPolicy { get; set; }

    /// <summary>Instead of the image's entry point.</summary>
    public IList<string>? Command { get; set; }

    /// <summary>Arguments of the entry point.</summary>
    public IList<string>? Args { get; set; }

    /// <summary>Environment variables.</summary>
    public IList<V1EnvVar>? Env { get; set; }

    /// <summary>Ports it listens on.</summary>
    public IList<V1ContainerPort>? Ports { get; set; }

    /// <summary>What it needs and may use.</summary>
    public V1ResourceRequirements? Resources { get; set; }

    /// <summary>What its process may do.</summary>
    public V1SecurityContext? SecurityContext { get; set; }

    /// <summary>Restarted when this fails.</summary>
    public V1Probe? LivenessProbe { get; set; }

    /// <summary>Gets no traffic while this fails.</summary>
    public V1Probe? ReadinessProbe { get; set; }

    /// <summary>The others wait until this passes.</summary>
    public V1Probe? StartupProbe { get; set; }

    /// <summary>What is mounted where.</summary>
    public IList<V1VolumeMount>? VolumeMounts { get; set; }
}
