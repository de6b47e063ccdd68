namespace DotMac.Operator.Rollouts;

/// <summary>What is known of a plugin's revisions after looking.</summary>
/// <param name="State">To be remembered.</param>
internal sealed record RolloutVerdict(RolloutState State)
{
    /// <summary>Whether the wanted revision has just become the last good one: it is to be kept.</summary>
    public bool HasProven { get; init; }

    /// <summary>Whether the wanted revision has just been given up: the last good one is to be put back.</summary>
    public bool HasGivenUp { get; init; }

    /// <summary>When to look again; null when only news matter.</summary>
    public TimeSpan? LookAgain { get; init; }
}
