using DotMac.Admin.Views;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Ui.Words;

/// <summary>How far a plugin is on its way from being stored to running. Pure.</summary>
internal static class ProgressPlan
{
    /// <summary>The steps, in their order.</summary>
    /// <param name="status">How the plugin is.</param>
    public static IReadOnlyList<ProgressStep> Of(InstallationStatus status)
    {
        var isStuck = status.UpToDate && status.Conditions.Any(static c => c is { Type: ConditionTypes.Stalled, Status: "True" });
        var steps = new List<ProgressStep> { new(Strings.ProgressStored, Tone.Good, null) };
        var isOpen = true;
        foreach (var (type, text) in new[]
        {
            (ConditionTypes.ConfigValid, Strings.ProgressConfig),
            (ConditionTypes.DependenciesReady, Strings.ProgressDependencies),
            (ConditionTypes.SecretsReady, Strings.ProgressSecrets),
            (ConditionTypes.Available, Strings.ProgressStarted),
            (ConditionTypes.Healthy, Strings.ProgressHealthy),
        })
        {
            var condition = status.UpToDate ? status.Conditions.FirstOrDefault(c => c.Type == type) : null;
            if (type == ConditionTypes.DependenciesReady && condition?.Reason == ConditionReasons.NoDependencies)
            {
                continue;
            }

            if (!status.Enabled && type is ConditionTypes.Available or ConditionTypes.Healthy)
            {
                continue;
            }

            if (isOpen && condition?.Status == "True")
            {
                steps.Add(new ProgressStep(text, Tone.Good, null));
            }
            else if (isOpen)
            {
                isOpen = false;
                var isBad = condition?.Status == "False" && (isStuck || (type == ConditionTypes.Healthy && condition.Reason is ConditionReasons.ChecksFailed or ConditionReasons.ChecksDegraded));
                steps.Add(new ProgressStep(text, isBad ? Tone.Bad : Tone.Busy, condition?.Message ?? (status.UpToDate ? null : Strings.ProgressOperator)));
            }
            else
            {
                steps.Add(new ProgressStep(text, Tone.Neutral, null));
            }
        }

        return steps;
    }
}
