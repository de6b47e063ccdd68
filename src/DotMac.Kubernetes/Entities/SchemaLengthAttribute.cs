namespace DotMac.Kubernetes.Entities;

/// <summary>How many characters a string may have; on a list or a map, each item.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaLengthAttribute : Attribute
{
    /// <summary>The fewest characters; 0 sets no bound.</summary>
    public int Min { get; init; }

    /// <summary>The most characters; 0 sets no bound.</summary>
    public int Max { get; init; }
}
