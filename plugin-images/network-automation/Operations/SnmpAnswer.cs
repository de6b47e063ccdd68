namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What devices answered.</summary>
/// <param name="Results">One for each device.</param>
public sealed record SnmpAnswer(IReadOnlyList<SnmpResult> Results);
