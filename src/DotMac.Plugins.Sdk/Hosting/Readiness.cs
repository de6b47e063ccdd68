using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Lifecycle;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Says why a plugin is not ready.</summary>
internal static class Readiness
{
    /// <summary>The problem of a plugin that is not ready.</summary>
    public static ProblemAnswer NotReady(LifecycleSnapshot snapshot) => new(
        new PluginProblem(
            ProblemTypes.NotReady,
            "The plugin is not ready",
            503,
            snapshot.Detail.Length > 0 ? snapshot.Detail : "The plugin is starting.",
            Errors: snapshot.Problems.Count == 0 ? null : snapshot.Problems),

        // A replica that stops will not come back, but another one takes the next try.
        snapshot.State == PluginState.Stopping ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(5));
}
