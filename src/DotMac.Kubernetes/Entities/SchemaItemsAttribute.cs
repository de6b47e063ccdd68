namespace DotMac.Kubernetes.Entities;

/// <summary>How many items a list, or members a map, may have.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaItemsAttribute : Attribute
{
    /// <summary>The fewest items; 0 sets no bound.</summary>
    public int Min { get; init; }

    /// <summary>The most items; 0 sets no bound.</summary>
    public int Max { get; init; }
}
