namespace DotMac.Kubernetes.Models;

/// <summary>Where the value of an environment variable is taken from.</summary>
public sealed class V1EnvVarSource
{
    /// <summary>A field of the pod.</summary>
    public V1ObjectFieldSelector? FieldRef { get; set; }
}
