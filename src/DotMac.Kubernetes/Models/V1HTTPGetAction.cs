namespace DotMac.Kubernetes.Models;

/// <summary>An HTTP request of a probe.</summary>
public sealed class V1HTTPGetAction
{
    /// <summary>The path.</summary>
    public string? Path { get; set; }

    /// <summary>Number or name of the port.</summary>
    public IntOrString? Port { get; set; }

    /// <summary><c>HTTP</c> unless said otherwise.</summary>
    public string? Scheme { get; set; }
}
