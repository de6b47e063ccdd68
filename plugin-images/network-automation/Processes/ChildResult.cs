namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>What became of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it wrote on standard error.</param>
internal sealed record ChildResult(int ExitCode, BoundedText Output, BoundedText Error);
