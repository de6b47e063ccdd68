using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>
/// Says what a change of status is to be told of as events: every transition once, however many conditions bear it, and no matter how often
/// it is found anew. Pure.
/// </summary>
internal static class StatusNews
{
    /// <summary>Compares.</summary>
    /// <param name="before">The status as it was; null, or with the server's default generation, when nobody looked before.</param>
    /// <param name="after">The status as it is.</param>
    public static IReadOnlyList<News> Of(TenantPluginStatus? before, TenantPluginStatus after)
    {
        var news = new List<News>();
        if (OfSpec(before, after) is { } spec)
        {
            news.Add(spec);
        }

        if (OfPhase(before, after) is { } phase)
        {
            news.Add(phase);
        }

        foreach (var more in OfSecrets(before, after).Append(OfHealth(before, after)).Append(OfRestarts(before, after)).OfType<News>())
        {
            if (news.TrueForAll(told => told.Reason != more.Reason))
            {
                news.Add(more);
            }
        }

        return news;
    }

    private static News? OfSpec(TenantPluginStatus? before, TenantPluginStatus after)
    {
        if (after.Phase == PluginPhase.Terminating)
        {
            return null;
        }

        if (before?.ObservedGeneration is null or < 0)
        {
            return new News(false, "Installing", $"Version {after.Version ?? "unknown"} is installed for tenant {after.Tenant ?? "unknown"}");
        }

        // A version that was put back is told of with the reason for it.
        if (before.Version != after.Version && after.Rollback is null && before.Version is not null && after.Version is not null)
        {
            return new News(false, "Upgrading", $"Version {before.Version} is replaced by {after.Version}");
        }

        return before.ObservedGeneration != after.ObservedGeneration
            ? new News(false, "SpecChanged", $"Generation {after.ObservedGeneration} of the spec is taken over")
            : null;
    }

    private static News? OfPhase(TenantPluginStatus? before, TenantPluginStatus after)
    {
        var ready = after.FindCondition(ConditionTypes.Ready);
        if (ready is null || (before?.Phase == after.Phase && before?.FindCondition(ConditionTypes.Ready)?.Reason == ready.Reason))
        {
            return null;
        }

        return after.Phase switch
        {
            PluginPhase.Active => new News(
                false, before?.Phase is PluginPhase.Degraded or PluginPhase.Failed ? "Recovered" : "Activated", $"{after.Version} runs: {after.Ready} pods ready"),
            PluginPhase.Inactive when before?.Phase != PluginPhase.Inactive => new News(false, "Deactivated", ready.Message ?? string.Empty),
            PluginPhase.Terminating when before?.Phase != PluginPhase.Terminating => new News(false, "Terminating", "The plugin is being removed"),
            PluginPhase.Failed or PluginPhase.Degraded => Warning(ready),
            PluginPhase.Pending or PluginPhase.Installing when ready is { Status: "False", Reason: not ConditionReasons.Progressing } => Warning(ready),
            _ => null,
        };
    }

    private static News? OfHealth(TenantPluginStatus? before, TenantPluginStatus after)
    {
        var healthy = after.FindCondition(ConditionTypes.Healthy);
        return after.Health?.State is HealthState.Degraded or HealthState.Unhealthy
            && healthy is not null && before?.FindCondition(ConditionTypes.Healthy)?.Reason != healthy.Reason
            ? Warning(healthy)
            : null;
    }

    private static News? OfRestarts(TenantPluginStatus? before, TenantPluginStatus after) =>
        after.Metrics?.Restarts > (before?.Metrics?.Restarts ?? 0)
        && after.FindCondition(ConditionTypes.Healthy)?.Reason is not (ConditionReasons.OOMKilled or ConditionReasons.CrashLoopBackOff or ConditionReasons.ContainerRestarted)
            ? new News(true, ConditionReasons.ContainerRestarted, "A container of the plugin ended and was started again; status.metrics.restarts counts how often")
            : null;

    private static IEnumerable<News?> OfSecrets(TenantPluginStatus? before, TenantPluginStatus after)
    {
        foreach (var type in new[] { ConditionTypes.SecretsReady, ConditionTypes.SecretsInjected })
        {
            var now = after.FindCondition(type);
            yield return now is null or { Status: "True" }
                || now.Reason is ConditionReasons.Pending or ConditionReasons.NoPods or ConditionReasons.VaultNotConfigured or ConditionReasons.Terminating
                || before?.FindCondition(type)?.Reason == now.Reason
                ? null
                : Warning(now);
        }
    }

    private static News Warning(V1Condition condition) => new(true, condition.Reason ?? ConditionReasons.Progressing, condition.Message ?? string.Empty);
}
