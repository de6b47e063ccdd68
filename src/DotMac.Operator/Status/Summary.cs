using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>What the conditions come to: the phase, for people, and the three conditions that tools wait for. Pure.</summary>
/// <param name="Phase">One word, for people.</param>
/// <param name="Ready">Whether the plugin can be used as its spec says.</param>
/// <param name="Reconciling">Said while the operator, or Kubernetes, is at it.</param>
/// <param name="Stalled">Said while nothing will happen until somebody changes something.</param>
internal sealed record Summary(PluginPhase Phase, Verdict Ready, Verdict? Reconciling = null, Verdict? Stalled = null)
{
    public static Summary Of(StatusInputs inputs, Verdicts verdicts)
    {
        var serving = Availability.IsServing(inputs.Observed.Deployment);
        if (inputs.Plugin.Metadata.DeletionTimestamp is not null)
        {
            return Busy(PluginPhase.Terminating, ConditionReasons.Terminating, "The plugin is being removed");
        }

        if (verdicts.Config.IsFalse)
        {
            return Blocked(serving, verdicts.Config, inputs.Evaluation.Effective.Enabled);
        }

        if (inputs.Applied?.Conflict is { } conflict)
        {
            return Blocked(
                serving,
                Verdict.False(
                    ConditionReasons.NameConflict,
                    $"{conflict} exists and is not this plugin's; it is left alone. Rename or delete it, or install the plugin under another name"));
        }

        if (inputs.Applied?.Refused is { } refused)
        {
            return Blocked(serving, Verdict.False(ConditionReasons.ApplyFailed, refused));
        }

        if (inputs.Pause?.Waiting is not null)
        {
            return new Summary(
                serving ? PluginPhase.Degraded : PluginPhase.Pending, Verdict.False(ConditionReasons.Paused, inputs.Pause.Verdict.Message), Stalled: inputs.Pause.Verdict);
        }

        // Deactivated, or told to run in no pod: nothing is under way then, and nothing is wrong.
        if (inputs.WantedReplicas == 0)
        {
            return new Summary(
                PluginPhase.Inactive,
                verdicts.Available,
                inputs.Observed.Deployment?.Status.Replicas > 0 ? Verdict.True(ConditionReasons.Progressing, "The pods are stopping") : null);
        }

        foreach (var verdict in new[] { verdicts.Dependencies, verdicts.Secrets })
        {
            if (verdict.IsFalse)
            {
                return new Summary(
                    serving ? PluginPhase.Degraded : PluginPhase.Pending,
                    verdict,
                    Verdict.True(ConditionReasons.Progressing, "Looked at again and again until it is there"));
            }
        }

        var summary = verdicts.Available.IsTrue ? Available(verdicts, inputs) : Unavailable(inputs, verdicts, serving);
        return inputs.Rollout.Rollback is { } rollback ? RolledBack(rollback, summary, inputs) : summary;
    }

    // What runs is not what the spec says, however well it is.
    private static Summary RolledBack(TenantPluginRollback rollback, Summary summary, StatusInputs inputs)
    {
        var instead = inputs.HasGivenUp
            ? $"revision {inputs.Rollout.Current} is put back"
            : $"version {inputs.Evaluation.Effective.Version} of revision {inputs.Rollout.Current} runs in its place";
        var verdict = Verdict.False(
            ConditionReasons.RolledBack,
            $"Version {rollback.Version} with this spec did not become healthy ({rollback.Reason}: {rollback.Message}); {instead}. It is tried again once the spec or the definition changes, or a restart is asked for");
        return summary with { Phase = summary.Phase == PluginPhase.Active ? PluginPhase.Degraded : summary.Phase, Ready = verdict, Stalled = Stuck(verdict) };
    }

    private static Summary Available(Verdicts verdicts, StatusInputs inputs)
    {
        if (verdicts.Injected.IsFalse)
        {
            return new Summary(PluginPhase.Degraded, verdicts.Injected);
        }

        return verdicts.Health switch
        {
            // A vendor's trouble is not the plugin's: it takes calls, and says so. Only what calls itself broken is not ready.
            { State: HealthState.Healthy } => new Summary(PluginPhase.Active, Verdict.True(ConditionReasons.Succeeded, "The plugin runs as its spec says")),
            { State: HealthState.Degraded } health => new Summary(
                PluginPhase.Degraded, Verdict.True(health.Reason, $"The plugin runs, with less than it should have: {health.Message}")),
            { State: HealthState.Unhealthy } => new Summary(PluginPhase.Degraded, verdicts.Health.Verdict),
            _ => Busy(PluginPhase.Installing, ConditionReasons.Progressing, "The pods are there; waiting for the plugin's own word"),
        };
    }

    private static Summary Unavailable(StatusInputs inputs, Verdicts verdicts, bool serving)
    {
        if (verdicts.Available.Reason == ConditionReasons.ProgressDeadlineExceeded)
        {
            return new Summary(serving ? PluginPhase.Degraded : PluginPhase.Failed, verdicts.Available, Stalled: Stuck(verdicts.Available));
        }

        if (verdicts.Injected.IsFalse)
        {
            return new Summary(serving ? PluginPhase.Degraded : PluginPhase.Installing, verdicts.Injected, Verdict.True(ConditionReasons.Progressing, verdicts.Available.Message));
        }

        // Whether it ever was up, or whether this is the first time, is what the last phase tells.
        var wasUp = inputs.Plugin.Status?.Phase is PluginPhase.Active or PluginPhase.Degraded;
        var phase = inputs.Observed.Deployment is null ? PluginPhase.Pending
            : verdicts.Available.Reason != ConditionReasons.Progressing && (wasUp || serving) ? PluginPhase.Degraded
            : PluginPhase.Installing;
        return new Summary(
            phase,
            verdicts.Available.IsFalse ? verdicts.Available : Verdict.False(verdicts.Available.Reason, verdicts.Available.Message),
            Verdict.True(ConditionReasons.Progressing, verdicts.Available.Message));
    }

    private static Summary Blocked(bool serving, Verdict verdict, bool enabled = true) => new(
        !enabled ? PluginPhase.Inactive : serving ? PluginPhase.Degraded : PluginPhase.Failed,
        serving ? verdict with { Message = $"{verdict.Message}. The pods of the last good configuration go on running" } : verdict,
        Stalled: Stuck(verdict));

    // The reason of the trouble, as a condition whose presence is bad news.
    private static Verdict Stuck(Verdict verdict) => Verdict.True(verdict.Reason, verdict.Message);

    private static Summary Busy(PluginPhase phase, string reason, string message) =>
        new(phase, Verdict.False(reason, message), Verdict.True(reason, message));
}
