using System.Diagnostics.CodeAnalysis;

namespace DotMac.Kubernetes.Entities;

/// <summary>
/// The value that the API server fills in. On a class: the default of every property of that type, which is how a status starts out.
/// Use it for status only: a default in spec shows up as drift in GitOps tools.
/// </summary>
/// <param name="json">The value as JSON: <c>"text"</c>, <c>1</c>, <c>{"observedGeneration":-1}</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class SchemaDefaultAttribute([StringSyntax(StringSyntaxAttribute.Json)] string json) : Attribute
{
    /// <summary>The value as JSON.</summary>
    public string Json { get; } = json;
}
