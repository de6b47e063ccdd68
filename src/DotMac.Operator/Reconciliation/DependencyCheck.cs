using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Operator.Reconciliation;

/// <summary>Whether the plugins that a plugin needs are there. Pure.</summary>
internal static class DependencyCheck
{
    /// <summary>Looks at each dependency and names the first that is not met.</summary>
    /// <param name="dependencies">What the version needs.</param>
    /// <param name="installed">Every TenantPlugin of the namespace.</param>
    public static Verdict Of(IEnumerable<PluginDependency> dependencies, IReadOnlyList<TenantPlugin> installed)
    {
        var needed = dependencies.Where(static d => !string.IsNullOrEmpty(d.Plugin)).ToList();
        foreach (var dependency in needed)
        {
            if (Check(dependency, installed) is { } unmet)
            {
                return unmet;
            }
        }

        return needed.Count == 0
            ? Verdict.True(ConditionReasons.NoDependencies, "The plugin needs no other")
            : Verdict.True(ConditionReasons.DependenciesMet, "Every plugin that this one needs is active");
    }

    private static Verdict? Check(PluginDependency dependency, IReadOnlyList<TenantPlugin> installed)
    {
        var candidates = installed.Where(p => p.Spec.Plugin == dependency.Plugin && p.Metadata.DeletionTimestamp is null).ToList();
        if (candidates.Count == 0)
        {
            return Verdict.False(
                ConditionReasons.DependencyMissing,
                $"The plugin needs {Wanted(dependency)}, which is not installed in this namespace; install it first");
        }

        var fitting = candidates.Where(p => Fits(dependency.Version, p.Status?.Version)).ToList();
        if (fitting.Count == 0)
        {
            return Verdict.False(
                ConditionReasons.DependencyVersionMismatch,
                $"The plugin needs {Wanted(dependency)}; {candidates[0].Metadata.Name} is at {candidates[0].Status?.Version ?? "no version yet"}");
        }

        return fitting.Any(static p => p.Status?.Phase is PluginPhase.Active or PluginPhase.Degraded)
            ? null
            : Verdict.False(
                ConditionReasons.DependencyNotReady,
                $"The plugin needs {dependency.Plugin}, which is installed as {fitting[0].Metadata.Name} and not active; see its status");
    }

    private static string Wanted(PluginDependency dependency) => $"{dependency.Plugin} {dependency.Version}".TrimEnd();

    private static bool Fits(string? range, string? version) => DependencyRange.TryParse(range, out var wanted, out _) && wanted.Contains(version);
}
