namespace DotMac.Kubernetes.Models;

/// <summary>One path of a host.</summary>
public sealed class V1HTTPIngressPath
{
    /// <summary>The path.</summary>
    public string? Path { get; set; }

    /// <summary><c>Prefix</c> or <c>Exact</c>.</summary>
    public string? PathType { get; set; }

    /// <summary>Where it goes.</summary>
    public V1IngressBackend? Backend { get; set; }
}
