using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>What came of asking one pod: exactly one of report and error is there.</summary>
/// <param name="Pod">The pod's name.</param>
/// <param name="Report">What it said.</param>
/// <param name="Error">Why there is no report, for people.</param>
internal sealed record ProbeResult(string Pod, PluginStatusReport? Report, string? Error);
