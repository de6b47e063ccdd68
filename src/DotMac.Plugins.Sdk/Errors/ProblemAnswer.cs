using DotMac.Plugins.Contract.Problems;

namespace DotMac.Plugins.Sdk.Errors;

/// <summary>A problem and when to come back.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="RetryAfter">When to come back; null when that is unknown or senseless.</param>
internal readonly record struct ProblemAnswer(PluginProblem Problem, TimeSpan? RetryAfter = null);
