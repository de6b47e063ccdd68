using DotMac.Operator.Health;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>How a plugin is, by what its pods say and by what becomes of them: whichever is worse. Pure.</summary>
/// <param name="State">How it is.</param>
/// <param name="Reason">Why, as a reason of conditions.</param>
/// <param name="Message">Why, and what to do, for people.</param>
/// <param name="Checks">What it checks itself.</param>
/// <param name="CheckedAt">When it was asked; null when it was not.</param>
internal sealed record HealthView(HealthState State, string Reason, string Message, IReadOnlyList<PluginCheck> Checks, DateTimeOffset? CheckedAt)
{
    /// <summary>Calculates.</summary>
    /// <param name="inputs">What is known.</param>
    /// <param name="trouble">What keeps its pods from running.</param>
    /// <param name="available">Whether all pods that are wanted are there.</param>
    public static HealthView Of(StatusInputs inputs, PodTrouble? trouble, bool available)
    {
        if (!inputs.Evaluation.Effective.Enabled)
        {
            return Unknown(ConditionReasons.Deactivated, "The plugin is deactivated");
        }

        var ready = inputs.Observed.Pods.Any(PodDiagnosis.IsReady);
        var said = (inputs.Observed.Health ?? Remembered(inputs)) switch
        {
            null when !ready => Unknown(ConditionReasons.NoPods, "No pod is ready to be asked"),
            null => Unknown(ConditionReasons.Pending, "The plugin has not been asked yet"),
            var health => new HealthView(health.State, ReasonOf(health), MessageOf(health), health.Checks, health.CheckedAt),
        };

        // Where all that are wanted run, a pod that does not is a remnant; what has just come back is told of all the same.
        if (trouble is null || (available && trouble.Until is null))
        {
            return said;
        }

        var state = ready ? HealthState.Degraded : HealthState.Unhealthy;
        return HealthSeverity.Of(said.State) >= HealthSeverity.Of(state)
            ? said
            : said with { State = state, Reason = trouble.Reason, Message = trouble.Message };
    }

    /// <summary>The same as a condition.</summary>
    public Verdict Verdict => State switch
    {
        HealthState.Healthy => Verdict.True(Reason, Message),
        HealthState.Unknown => Verdict.Unknown(Reason, Message),
        _ => Verdict.False(Reason, Message),
    };

    private static HealthView Unknown(string reason, string message) => new(HealthState.Unknown, reason, message, [], null);

    private static string ReasonOf(HealthSnapshot health) => health switch
    {
        { State: HealthState.Healthy } => ConditionReasons.ChecksPassed,
        { State: HealthState.Degraded } => ConditionReasons.ChecksDegraded,
        { State: HealthState.Unknown } => ConditionReasons.Pending,
        { Failed: true } => ConditionReasons.ProbeFailed,
        _ => ConditionReasons.ChecksFailed,
    };

    private static string MessageOf(HealthSnapshot health) => health.State == HealthState.Healthy ? "The plugin says that all is well" : health.Message;

    // An operator that has just started has asked nobody yet. What the plugin said last stands in the status, and stands until it is asked
    // again: a restart of the operator is no news of the plugin.
    private static HealthSnapshot? Remembered(StatusInputs inputs)
    {
        var status = inputs.Plugin.Status;
        var reason = status?.FindCondition(ConditionTypes.Healthy)?.Reason;
        if (status?.Health is not { State: HealthState.Healthy or HealthState.Degraded or HealthState.Unhealthy } health
            || !inputs.Observed.Pods.Any(PodDiagnosis.IsReady)

            // What was the pods' trouble is seen anew in the pods themselves.
            || reason is not (ConditionReasons.ChecksPassed or ConditionReasons.ChecksDegraded or ConditionReasons.ChecksFailed or ConditionReasons.ProbeFailed))
        {
            return null;
        }

        return new HealthSnapshot(
            health.State.Value,
            health.Message ?? string.Empty,
            [.. (health.Checks ?? []).Select(static c => new PluginCheck(c.Name, c.State ?? HealthState.Unknown, c.Message))],
            ApiCalls: 0,
            ApiErrors: 0,
            Recent: default,
            StartedAt: null,
            health.CheckedAt ?? inputs.Now,
            Failed: reason == ConditionReasons.ProbeFailed);
    }
}
