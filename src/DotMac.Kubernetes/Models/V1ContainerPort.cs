namespace DotMac.Kubernetes.Models;

/// <summary>A port that a container listens on.</summary>
public sealed class V1ContainerPort
{
    /// <summary>Its name, for services and probes.</summary>
    public string? Name { get; set; }

    /// <summary>The number.</summary>
    public int ContainerPort { get; set; }

    /// <summary><c>TCP</c> unless said otherwise.</summary>
    public string? Protocol { get; set; }
}
