namespace DotMac.Plugins.Resources;

/// <summary>How far the operator is with a plugin, read from its status. Pure.</summary>
public static class TenantPluginProgress
{
    /// <summary>Whether the operator has acted upon the newest wishes, so that the status speaks of them.</summary>
    public static bool IsUpToDate(this TenantPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return plugin.Status?.ObservedGeneration is { } seen && seen == plugin.Metadata.Generation;
    }

    /// <summary>Whether there is nothing left to wait for: the newest wishes were acted upon, and it runs, is stopped, or is stuck until somebody does something.</summary>
    public static bool IsSettled(this TenantPlugin plugin) =>
        plugin.IsUpToDate()
        && plugin.Metadata.DeletionTimestamp is null
        && plugin.Status is { Rollout: null, Phase: PluginPhase.Active or PluginPhase.Inactive or PluginPhase.Failed or PluginPhase.Degraded } status
        && status.FindCondition(ConditionTypes.Reconciling) is not { Status: "True" };
}
