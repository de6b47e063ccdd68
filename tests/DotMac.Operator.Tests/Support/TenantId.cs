namespace DotMac.Operator.Tests.Support;

/// <summary>An id that a tenant may have.</summary>
public sealed record TenantId(string Text);
