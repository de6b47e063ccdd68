using DotMac.Operator.Applying;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Rollouts;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>All that decides what a status says.</summary>
/// <param name="Plugin">The resource, with its present status.</param>
/// <param name="Evaluation">What its spec comes to.</param>
/// <param name="Dependencies">Whether what it needs is there.</param>
/// <param name="Secrets">Whether its secrets are there.</param>
/// <param name="Applied">What came of applying; null when nothing was tried.</param>
/// <param name="Observed">What is there.</param>
/// <param name="Now">The time.</param>
internal sealed record StatusInputs(
    TenantPlugin Plugin,
    Evaluation Evaluation,
    Verdict Dependencies,
    Verdict Secrets,
    ApplyOutcome? Applied,
    Observed Observed,
    DateTimeOffset Now)
{
    /// <summary>What is to be remembered of its revisions.</summary>
    public RolloutState Rollout { get; init; } = RolloutState.None;

    /// <summary>Whether a revision was given up just now: the last good one is not back yet.</summary>
    public bool HasGivenUp { get; init; }

    /// <summary>That nothing but the status is written; null when that is not so.</summary>
    public Pause? Pause { get; init; }

    /// <summary>The number of pods that should run now; where it changes with their load, what was decided last.</summary>
    public int WantedReplicas => Evaluation.Effective.IsAutoscaled && Observed.Deployment?.Replicas is { } decided and > 0
        ? decided
        : Evaluation.Effective.WantedReplicas;
}
