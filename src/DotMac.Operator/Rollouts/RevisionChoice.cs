using DotMac.Operator.Reconciliation;

namespace DotMac.Operator.Rollouts;

/// <summary>Which revision of a plugin is to run.</summary>
/// <param name="Evaluation">What is to run: the spec, or the last good revision in its place.</param>
/// <param name="Wanted">The revision that spec and definition want; null while they come to none.</param>
/// <param name="InPlaceOf">What was given up, and in whose place the last good one runs; null when what is wanted is what is to run.</param>
internal sealed record RevisionChoice(Evaluation Evaluation, PluginRevision? Wanted, PluginRevision? InPlaceOf = null)
{
    /// <summary>Whether what is wanted is what is to run.</summary>
    public bool RunsWanted => InPlaceOf is null;
}
