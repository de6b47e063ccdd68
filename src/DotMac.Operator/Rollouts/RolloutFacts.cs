using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources.Defaults;

namespace DotMac.Operator.Rollouts;

/// <summary>What a revision is judged by.</summary>
/// <param name="Wanted">The revision that spec and definition want.</param>
/// <param name="Effective">The spec of what runs, with every default applied.</param>
/// <param name="IsApplied">Whether the wanted revision is what the children are made from.</param>
/// <param name="Available">Whether the pods are there.</param>
/// <param name="AvailableSince">Since when the verdict on the pods stands; null when it is new.</param>
/// <param name="Health">How the plugin is.</param>
/// <param name="CheckedAt">When it was asked; null when it was not.</param>
/// <param name="HealthMessage">What is wrong with it.</param>
/// <param name="Now">The time.</param>
internal sealed record RolloutFacts(
    PluginRevision Wanted,
    EffectivePlugin Effective,
    bool IsApplied,
    Verdict Available,
    DateTimeOffset? AvailableSince,
    HealthState Health,
    DateTimeOffset? CheckedAt,
    string HealthMessage,
    DateTimeOffset Now)
{
    /// <summary>The restart that was asked for last; null for none.</summary>
    public string? Restart { get; init; }
}
