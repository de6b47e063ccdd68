namespace DotMac.Kubernetes.Crds;

/// <summary>A type cannot be turned into a CustomResourceDefinition.</summary>
/// <param name="place">The property as it stands in a manifest: <c>Widget.spec.replicas</c>.</param>
/// <param name="problem">What is wrong and what to do.</param>
public sealed class CrdException(string place, string problem) : Exception($"{place}: {problem}")
{
    /// <summary>The property as it stands in a manifest.</summary>
    public string Place { get; } = place;
}
