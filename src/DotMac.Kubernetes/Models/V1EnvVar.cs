namespace DotMac.Kubernetes.Models;

/// <summary>One environment variable.</summary>
public sealed class V1EnvVar
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its value.</summary>
    public string? Value { get; set; }

    /// <summary>Where the value is taken from.</summary>
    public V1EnvVarSource? ValueFrom { get; set; }
}
