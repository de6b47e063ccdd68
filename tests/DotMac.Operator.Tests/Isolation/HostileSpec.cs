namespace DotMac.Operator.Tests.Isolation;

/// <summary>A spec that a hostile tenant might write, as JSON.</summary>
public sealed record HostileSpec(string Json);
