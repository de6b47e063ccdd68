namespace DotMac.Kubernetes.Entities;

/// <summary>Says under which group, version and kind a type is known to the API server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityAttribute : Attribute
{
    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The version of the group, <c>v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The kind in CamelCase.</summary>
    public required string Kind { get; init; }

    /// <summary>The plural, lower-case resource name of the URL, <c>deployments</c>.</summary>
    public required string PluralName { get; init; }

    /// <summary>Namespaced unless said otherwise.</summary>
    public EntityScope Scope { get; init; } = EntityScope.Namespaced;
}
