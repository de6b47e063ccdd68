namespace DotMac.Kubernetes.Entities;

/// <summary>The smallest and largest value of an integer, both included; on a list or a map, of each item.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaRangeAttribute : Attribute
{
    /// <summary>The smallest value; <see cref="long.MinValue"/> sets no bound.</summary>
    public long Min { get; init; } = long.MinValue;

    /// <summary>The largest value; <see cref="long.MaxValue"/> sets no bound.</summary>
    public long Max { get; init; } = long.MaxValue;
}
