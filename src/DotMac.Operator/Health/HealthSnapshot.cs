using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>What is known of a plugin from asking its pods.</summary>
/// <param name="State">How it is.</param>
/// <param name="Message">What is wrong, for people; empty when nothing is.</param>
/// <param name="Checks">Each check once, at its worst.</param>
/// <param name="ApiCalls">Calls since it was installed.</param>
/// <param name="ApiErrors">Failed calls since it was installed.</param>
/// <param name="Recent">What it did in the last five minutes.</param>
/// <param name="StartedAt">When the pod that runs longest started.</param>
/// <param name="CheckedAt">When they were asked.</param>
/// <param name="Failed">Whether the state is the operator's own judgement because nobody answered.</param>
/// <param name="HandledCheck">The wish for a check that was answered last; null for none.</param>
internal sealed record HealthSnapshot(
    HealthState State,
    string Message,
    IReadOnlyList<PluginCheck> Checks,
    long ApiCalls,
    long ApiErrors,
    RecentUsage Recent,
    DateTimeOffset? StartedAt,
    DateTimeOffset CheckedAt,
    bool Failed = false,
    string? HandledCheck = null)
{
    /// <summary>Whether somebody would want to know of the difference at once. Other words for the same are no such difference: they are the plugin's.</summary>
    public bool MeansTheSameAs(HealthSnapshot? other) =>
        other is not null && State == other.State && Failed == other.Failed && HandledCheck == other.HandledCheck
        && Checks.Select(static c => (c.Name, c.State)).SequenceEqual(other.Checks.Select(static c => (c.Name, c.State)));

    /// <summary>Whether words and numbers are the same too.</summary>
    public bool SaysTheSameAs(HealthSnapshot? other) =>
        MeansTheSameAs(other) && Message == other!.Message && Checks.SequenceEqual(other.Checks)
        && ApiCalls == other.ApiCalls && ApiErrors == other.ApiErrors && Recent.SameNumbersAs(other.Recent) && StartedAt == other.StartedAt;
}
