namespace DotMac.Kubernetes.Models;

/// <summary>A port of a service, by name or by number.</summary>
public sealed class V1ServiceBackendPort
{
    /// <summary>By name.</summary>
    public string? Name { get; set; }

    /// <summary>By number.</summary>
    public int? Number { get; set; }
}
