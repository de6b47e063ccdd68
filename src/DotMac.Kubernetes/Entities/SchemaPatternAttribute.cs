namespace DotMac.Kubernetes.Entities;

/// <summary>A regular expression that the string must match; on a list or a map, that each item must match.</summary>
/// <param name="pattern">An expression without look-around and back-references, which the API server's engine (RE2) lacks. Anchor
/// it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaPatternAttribute(string pattern) : Attribute
{
    /// <summary>The expression.</summary>
    public string Pattern { get; } = pattern;
}
