namespace DotMac.Operator.Tests.Support;

/// <summary>A version by the rules of SemVer 2.0.</summary>
public sealed record SemanticVersion(string Text);
