namespace DotMac.Kubernetes.Models;

/// <summary>One port of a service.</summary>
public sealed class V1ServicePort
{
    /// <summary>Name of the port, unique in the service.</summary>
    public string? Name { get; set; }

    /// <summary><c>TCP</c> unless said otherwise.</summary>
    public string? Protocol { get; set; }

    /// <summary>The port served.</summary>
    public int Port { get; set; }

    /// <summary>Number or name of the container's port.</summary>
    public IntOrString? TargetPort { get; set; }
}
