using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>What a plugin's pods said when they were asked last, merged.</summary>
/// <param name="State">The worst of them.</param>
/// <param name="Message">What is wrong, for people; empty when nothing is.</param>
/// <param name="Checks">Each check once, at its worst.</param>
/// <param name="ApiCalls">Calls of all pods.</param>
/// <param name="ApiErrors">Failed calls of all pods.</param>
/// <param name="Latency">Durations of the calls of all pods; null when none told any.</param>
/// <param name="StartedAt">When the pod that runs longest started.</param>
/// <param name="CheckedAt">When they were asked.</param>
/// <param name="Failed">Whether the state is the operator's own judgement because nobody answered.</param>
internal sealed record HealthSnapshot(
    HealthState State,
    string Message,
    IReadOnlyList<PluginCheck> Checks,
    long ApiCalls,
    long ApiErrors,
    LatencyHistogram? Latency,
    DateTimeOffset? StartedAt,
    DateTimeOffset CheckedAt,
    bool Failed = false)
{
    /// <summary>Whether somebody would want to know of the difference at once.</summary>
    public bool MeansTheSameAs(HealthSnapshot? other) =>
        other is not null && State == other.State && Message == other.Message && Checks.SequenceEqual(other.Checks);
}
