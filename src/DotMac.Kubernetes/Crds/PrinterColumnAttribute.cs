namespace DotMac.Kubernetes.Crds;

/// <summary>A column of <c>kubectl get</c>. Columns stand in the order of the attributes.</summary>
/// <param name="name">The heading.</param>
/// <param name="jsonPath">Where the value is: <c>.status.phase</c>.</param>
/// <param name="type"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c> or <c>date</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(string name, string jsonPath, string type = "string") : Attribute
{
    /// <summary>The heading.</summary>
    public string Name { get; } = name;

    /// <summary>Where the value is.</summary>
    public string JsonPath { get; } = jsonPath;

    /// <summary>What the value is.</summary>
    public string Type { get; } = type;

    /// <summary>0 is always shown; more than 0 only with <c>-o wide</c>.</summary>
    public int Priority { get; init; }

    /// <summary>What the column says, for people; may be null.</summary>
    public string? Description { get; init; }
}
