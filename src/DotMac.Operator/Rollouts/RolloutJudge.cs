using DotMac.Operator.Health;
using DotMac.Operator.Status;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Rollouts;

/// <summary>
/// Judges new revisions: one that becomes healthy in time is the last good one from then on; one that does not is given up. Pure.
/// </summary>
internal static class RolloutJudge
{
    /// <summary>The running plugin takes a config over when the kubelet has brought it, a minute or so later; until then it is the old one that is well.</summary>
    public static readonly TimeSpan HotReload = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Judges.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="healthBefore">How the plugin was.</param>
    /// <param name="facts">What is seen.</param>
    public static RolloutVerdict Of(RolloutState before, HealthState? healthBefore, RolloutFacts facts)
    {
        var wanted = facts.Wanted.Name;
        if (before.HasGivenUp(facts.Wanted, facts.Restart))
        {
            return new RolloutVerdict(before with { Rollout = null });
        }

        var state = before with { Rollback = null };
        if (state.Current == wanted || facts.Effective.WantedReplicas == 0)
        {
            return new RolloutVerdict(state with { Rollout = null });
        }

        if (!facts.IsApplied)
        {
            // Not begun, or held up by what is not its fault: the time does not run.
            return new RolloutVerdict(state with { Rollout = null });
        }

        var rollout = state.Rollout?.Revision == wanted && state.Rollout.StartedAt is not null
            ? state.Rollout
            : new TenantPluginRollout { Revision = wanted, StartedAt = Timestamps.WholeSeconds(facts.Now), HealthBefore = healthBefore };
        var elapsed = facts.Now - rollout.StartedAt!.Value;
        if (IsProven(rollout, elapsed, facts))
        {
            return new RolloutVerdict(new RolloutState(wanted, null, null)) { HasProven = true };
        }

        state = state with { Rollout = rollout };
        if (facts.Available.IsTrue && facts.Health == HealthState.Healthy)
        {
            // Well, but by what was found before the new pods took over: whether it still is nobody tells, for it is no news.
            return new RolloutVerdict(state) { LookAgain = LookAgain };
        }

        if (state.Current is null || (facts.Available.IsTrue && IsNoWorse(facts.Health, rollout.HealthBefore)))
        {
            // Nothing to go back to; or the plugin fares as it did before, and going back would not mend it.
            return new RolloutVerdict(state);
        }

        return elapsed < facts.Effective.ProgressDeadline
            ? new RolloutVerdict(state) { LookAgain = facts.Effective.ProgressDeadline - elapsed }
            : new RolloutVerdict(new RolloutState(state.Current, null, GivenUp(facts))) { HasGivenUp = true };
    }

    private static bool IsProven(TenantPluginRollout rollout, TimeSpan elapsed, RolloutFacts facts) =>
        facts.Available.IsTrue
        && facts.Health == HealthState.Healthy
        && facts.CheckedAt > rollout.StartedAt
        && facts.AvailableSince is { } since && facts.CheckedAt >= since
        && (facts.Effective.Reload == ReloadMode.Restart || elapsed >= HotReload);

    // Unknown says nothing, and whoever was well has to be well again.
    private static bool IsNoWorse(HealthState now, HealthState? before) =>
        before is HealthState.Degraded or HealthState.Unhealthy && now != HealthState.Unknown && HealthSeverity.Of(now) <= HealthSeverity.Of(before.Value);

    private static TenantPluginRollback GivenUp(RolloutFacts facts)
    {
        var (reason, message) = facts.Available.IsTrue
            ? (ConditionReasons.ChecksFailed, facts.HealthMessage)
            : (facts.Available.Reason, facts.Available.Message);
        return new TenantPluginRollback
        {
            Revision = facts.Wanted.Name,
            Version = facts.Wanted.Spec.Version,
            At = Timestamps.WholeSeconds(facts.Now),
            RestartedAt = facts.Restart,
            Reason = reason,
            Message = Excerpt.Of(message),
        };
    }
}
