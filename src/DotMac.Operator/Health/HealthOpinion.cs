using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>What one round of asking a plugin's pods comes to.</summary>
/// <param name="State">The worst of them.</param>
/// <param name="Message">What is wrong, for people; empty when nothing is.</param>
/// <param name="Checks">Each check once, at its worst.</param>
/// <param name="Failed">Whether the state is the operator's own judgement because nobody answered.</param>
internal sealed record HealthOpinion(HealthState State, string Message, IReadOnlyList<PluginCheck> Checks, bool Failed = false)
{
    /// <summary>Whether both say the same, word for word.</summary>
    public bool SaysTheSameAs(HealthOpinion? other) =>
        other is not null && State == other.State && Failed == other.Failed && Message == other.Message && Checks.SequenceEqual(other.Checks);
}
