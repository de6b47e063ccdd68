namespace DotMac.Kubernetes.Models;

/// <summary>A volume mounted into a container.</summary>
public sealed class V1VolumeMount
{
    /// <summary>The volume.</summary>
    public string? Name { get; set; }

    /// <summary>Where.</summary>
    public string? MountPath { get; set; }

    /// <summary>Whether it can be written.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Only this path of the volume.</summary>
    public string? SubPath { get; set; }
}
