namespace DotMac.Kubernetes.Crds;

/// <summary>A group of kinds that are listed together: <c>kubectl get dotmac</c>.</summary>
/// <param name="name">The name in lower case.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class CategoryAttribute(string name) : Attribute
{
    /// <summary>The name in lower case.</summary>
    public string Name { get; } = name;
}
