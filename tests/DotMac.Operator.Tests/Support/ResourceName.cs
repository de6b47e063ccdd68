namespace DotMac.Operator.Tests.Support;

/// <summary>A name that a TenantPlugin may have.</summary>
public sealed record ResourceName(string Text);
