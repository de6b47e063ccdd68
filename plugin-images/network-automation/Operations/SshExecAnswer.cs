namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What became of a command.</summary>
/// <param name="Results">One for each device.</param>
public sealed record SshExecAnswer(IReadOnlyList<SshExecResult> Results);
