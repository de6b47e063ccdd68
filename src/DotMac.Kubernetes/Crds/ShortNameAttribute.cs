namespace DotMac.Kubernetes.Crds;

/// <summary>A short name of the kind: <c>kubectl get tp</c>.</summary>
/// <param name="name">The name in lower case.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ShortNameAttribute(string name) : Attribute
{
    /// <summary>The name in lower case.</summary>
    public string Name { get; } = name;
}
