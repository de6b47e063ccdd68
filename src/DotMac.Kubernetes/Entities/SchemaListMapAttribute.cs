namespace DotMac.Kubernetes.Entities;

/// <summary>
/// The list is a map: no two items have the same keys, and server-side apply merges item by item. The items' key properties must be
/// required.
/// </summary>
/// <param name="keys">The names of the key properties as they stand in the manifest.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaListMapAttribute(params string[] keys) : Attribute
{
    /// <summary>The names of the key properties.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;
}
