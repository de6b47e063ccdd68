namespace DotMac.Kubernetes.Entities;

/// <summary>Anything the Kubernetes API sends or takes that names its own kind.</summary>
public interface IKubernetesObject
{
    /// <summary>Group and version, <c>apps/v1</c>; only the version for the core group, <c>v1</c>.</summary>
    string? ApiVersion { get; set; }

    /// <summary>The kind in CamelCase, <c>Deployment</c>.</summary>
    string? Kind { get; set; }
}
