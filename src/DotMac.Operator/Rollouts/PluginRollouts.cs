using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Desired;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Status;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Rollouts;

/// <summary>Tries new revisions, keeps those that prove themselves, and puts the last good one back when one does not.</summary>
internal sealed class PluginRollouts(RevisionHistory history, ILogger<PluginRollouts> logger)
{
    /// <summary>Decides which revision is to run.</summary>
    /// <param name="plugin">The resource.</param>
    /// <param name="evaluation">What its spec comes to.</param>
    /// <param name="evaluate">Evaluates the same plugin with another revision's members.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<RevisionChoice> ChooseAsync(
        TenantPlugin plugin, Evaluation evaluation, Func<TenantPlugin, Evaluation> evaluate, CancellationToken cancellationToken)
    {
        if (!evaluation.IsValid || evaluation.Version is not { } version || plugin.Metadata.DeletionTimestamp is not null)
        {
            return new RevisionChoice(evaluation, null);
        }

        var wanted = PluginRevision.Of(plugin.Metadata.Name!, plugin.Spec, version);
        var state = RolloutState.Of(plugin.Status);
        if (state.HasGivenUp(wanted, RestartMark.Of(plugin))
            && await history.FindAsync(plugin, state.Current!, cancellationToken) is { } good
            && evaluate(good.Of(plugin)) is { IsValid: true } last)
        {
            return new RevisionChoice(last, wanted, InPlaceOf: wanted);
        }

        return new RevisionChoice(evaluation, wanted);
    }

    /// <summary>Looks how the wanted revision fares, and keeps it once it has proven itself.</summary>
    /// <returns>What the status is to remember.</returns>
    public async ValueTask<RolloutVerdict> JudgeAsync(RevisionChoice choice, StatusInputs inputs, CancellationToken cancellationToken)
    {
        var plugin = inputs.Plugin;
        var before = RolloutState.Of(plugin.Status);
        if (choice.Wanted is not { } wanted)
        {
            return new RolloutVerdict(before);
        }

        if (before.Current == wanted.Name && before.Rollback is null && before.Rollout is null)
        {
            history.Forget(ObjectKey.Of(plugin));
            return new RolloutVerdict(before);
        }

        var verdict = RolloutJudge.Of(before, plugin.Status?.Health?.State, Facts(choice, wanted, inputs));
        if (verdict.State.Rollout is { } rollout && rollout.Revision != before.Rollout?.Revision)
        {
            rollout.PreviousVersion = plugin.Status?.Version;
        }

        if (verdict.HasProven && !await TryKeepAsync(plugin, wanted, isFirst: before.Current is null, cancellationToken))
        {
            return new RolloutVerdict(before);
        }

        if (verdict.HasGivenUp && await history.FindAsync(plugin, before.Current!, cancellationToken) is null)
        {
            logger.LogWarning("{Namespace}/{Name}: revision {Revision} is not healthy in time, and the last good one, {Good}, is no longer there to go back to", plugin.Metadata.Namespace, plugin.Metadata.Name, wanted.Name, before.Current);
            return new RolloutVerdict(before with { Current = null, Rollback = null });
        }

        return verdict;
    }

    /// <summary>Forgets a plugin that is gone.</summary>
    public void Forget(ObjectKey plugin) => history.Forget(plugin);

    // An older ClusterRole, or a namespace on its way out: the plugin runs all the same, and its status must say so.
    private async Task<bool> TryKeepAsync(TenantPlugin plugin, PluginRevision revision, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await history.KeepAsync(plugin, revision, isFirst, cancellationToken);
            return true;
        }
        catch (ApiException e) when (e.IsForbidden || e.IsNotFound)
        {
            logger.LogWarning(
                "{Namespace}/{Name}: revision {Revision} is good and cannot be kept, so there is no way back to it: {Reason}. Apply the operator's ClusterRole again",
                plugin.Metadata.Namespace, plugin.Metadata.Name, revision.Name, e.Message);
            return false;
        }
    }

    private static RolloutFacts Facts(RevisionChoice choice, PluginRevision wanted, StatusInputs inputs)
    {
        var trouble = inputs.Observed.Trouble(inputs.Now);
        var available = Availability.Of(inputs, trouble);
        var health = HealthView.Of(inputs, trouble, available.IsTrue);
        var before = inputs.Plugin.Status?.FindCondition(ConditionTypes.Available);
        return new RolloutFacts(
            wanted,
            inputs.Evaluation.Effective,
            IsApplied: choice.RunsWanted && inputs.Applied is { Conflict: null, Refused: null },
            available,
            before?.Status == available.Status ? before.LastTransitionTime : null,
            inputs.Observed.Health is null ? HealthState.Unknown : health.State,
            health.CheckedAt,
            health.Message,
            inputs.Now)
        {
            Restart = RestartMark.Of(inputs.Plugin),
        };
    }
}
