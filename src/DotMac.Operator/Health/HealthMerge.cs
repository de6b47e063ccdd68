using System.Globalization;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Makes one opinion of the answers of several pods. Pure.</summary>
internal static class HealthMerge
{
    /// <summary>Merges.</summary>
    /// <param name="answers">One of each ready pod; at least one.</param>
    /// <returns>Null when no pod said anything and no silence counts yet.</returns>
    public static HealthOpinion? Of(IReadOnlyList<PodAnswer> answers)
    {
        var sorted = answers.OrderBy(static a => a.Result.Pod, StringComparer.Ordinal).ToList();
        var reports = sorted.Select(static a => a.Result.Report).OfType<PluginStatusReport>().ToList();
        var silent = sorted.Where(static a => a.IsSilent).ToList();
        if (reports.Count == 0)
        {
            return silent.Count == 0 ? null : new HealthOpinion(HealthState.Unhealthy, Silence(silent[0]), [], Failed: true);
        }

        var spoken = Of(reports);
        return silent.Count == 0 || HealthSeverity.Of(spoken.State) >= HealthSeverity.Of(HealthState.Degraded)
            ? spoken
            : spoken with
            {
                State = HealthState.Degraded,
                Message = string.Create(CultureInfo.InvariantCulture, $"{silent.Count} of {sorted.Count} pods do not answer; {Silence(silent[0])}"),
            };
    }

    private static HealthOpinion Of(List<PluginStatusReport> reports)
    {
        // A check that fails in one replica fails. Of two that fail alike the first speaks, and the same one each time.
        var checks = reports.SelectMany(static r => r.Checks.Concat(r.Dependencies.Select(static d => new PluginCheck(d.Name, d.State, d.Message))))
            .Where(static c => !string.IsNullOrEmpty(c.Name))
            .GroupBy(static c => c.Name, StringComparer.Ordinal)
            .Select(static g => g.MaxBy(static c => HealthSeverity.Of(c.State))!)
            .OrderBy(static c => c.Name, StringComparer.Ordinal)
            .ToList();
        var ofChecks = checks.Select(static c => c.State).DefaultIfEmpty(HealthState.Healthy).MaxBy(HealthSeverity.Of);
        var ofStates = reports.Select(static r => OfState(r.State)).MaxBy(HealthSeverity.Of);
        var state = HealthSeverity.Of(ofStates) > HealthSeverity.Of(ofChecks) ? ofStates : ofChecks;
        var worst = checks.Where(c => c.State != HealthState.Healthy && !string.IsNullOrEmpty(c.Message)).MaxBy(static c => HealthSeverity.Of(c.State));
        return new HealthOpinion(
            state,
            state == HealthState.Healthy ? string.Empty : worst is null ? $"the plugin calls itself {state}" : $"{worst.Name}: {worst.Message}",
            checks);
    }

    private static string Silence(PodAnswer answer) => $"{answer.Result.Pod} does not answer /status: {answer.Result.Error}";

    private static HealthState OfState(PluginState? state) => state switch
    {
        PluginState.Active or PluginState.Inactive => HealthState.Healthy,
        PluginState.Degraded => HealthState.Degraded,
        PluginState.Failed => HealthState.Unhealthy,
        _ => HealthState.Unknown,
    };
}
