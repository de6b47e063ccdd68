using DotMac.Plugins.Contract.Problems;

namespace DotMac.Plugins.Sdk.Callers;

/// <summary>Who calls, or why they may not.</summary>
/// <param name="Caller">The caller's name; null when refused.</param>
/// <param name="Problem">Why refused; null when let in.</param>
internal readonly record struct CallerDecision(string? Caller, PluginProblem? Problem);
