namespace DotMac.Kubernetes.Entities;

/// <summary>
/// A CEL rule (<c>x-kubernetes-validations</c>) on a property, or on every property of a class. Written only where the definition is
/// generated with rules, because servers before 1.25 do not enforce them; whoever relies on one checks the same in code.
/// </summary>
/// <param name="rule">The expression, true when all is well: <c>self == oldSelf</c>.</param>
/// <param name="message">What is wrong and what to do.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, AllowMultiple = true)]
public sealed class SchemaRuleAttribute(string rule, string message) : Attribute
{
    /// <summary>The expression.</summary>
    public string Rule { get; } = rule;

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; } = message;
}
