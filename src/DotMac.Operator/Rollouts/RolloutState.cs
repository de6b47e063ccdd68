using DotMac.Plugins.Resources;

namespace DotMac.Operator.Rollouts;

/// <summary>How far a plugin's revisions are: all that is remembered of them, in its status.</summary>
/// <param name="Current">The last revision that became healthy; null before there is one.</param>
/// <param name="Rollout">The one that is being tried; null when none is.</param>
/// <param name="Rollback">The one that failed, and whose place the last good one takes; null when none did.</param>
internal sealed record RolloutState(string? Current, TenantPluginRollout? Rollout, TenantPluginRollback? Rollback)
{
    /// <summary>Nothing is known yet.</summary>
    public static RolloutState None { get; } = new(null, null, null);

    /// <summary>What a status remembers.</summary>
    public static RolloutState Of(TenantPluginStatus? status) => status is null ? None : new RolloutState(status.CurrentRevision, status.Rollout, status.Rollback);

    /// <summary>Whether a revision was tried and given up, and nobody asked for a restart since.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="restart">What the plugin's <see cref="Desired.RestartMark"/> is; null for none.</param>
    public bool HasGivenUp(PluginRevision revision, string? restart) =>
        Rollback?.Revision == revision.Name && Rollback.RestartedAt == restart && Current is not null && Current != revision.Name;
}
