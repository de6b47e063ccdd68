using System.Text.Json.Nodes;
using DotMac.Kubernetes.Apply;
using DotMac.Operator.Configuration;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>Decides whether a status is worth a write. Pure.</summary>
/// <param name="Patch">What to write; null for nothing.</param>
/// <param name="LookAgain">When numbers that moved may be written; null when none did.</param>
internal sealed record StatusChange(JsonObject? Patch, TimeSpan? LookAgain)
{
    private static readonly StatusChange None = new(null, null);

    /// <summary>Compares.</summary>
    /// <param name="before">The status as it is.</param>
    /// <param name="after">The status as it should be.</param>
    /// <param name="metricsInterval">How often numbers alone are worth a write.</param>
    /// <param name="now">The time.</param>
    public static StatusChange Of(TenantPluginStatus? before, TenantPluginStatus after, TimeSpan metricsInterval, DateTimeOffset now)
    {
        var from = Json(before);
        var to = Json(after)!;
        if (MergePatch.Diff(Timeless(from, withMetrics: true), Timeless(to, withMetrics: true)!) is null)
        {
            return None;
        }

        if (MergePatch.Diff(Timeless(from, withMetrics: false), Timeless(to, withMetrics: false)!) is null
            && before?.Metrics?.ObservedAt is { } written
            && now - written < metricsInterval)
        {
            return new StatusChange(null, metricsInterval - (now - written));
        }

        return new StatusChange(MergePatch.Diff(from, to), null);
    }

    private static JsonObject? Json(TenantPluginStatus? status) =>
        status is null ? null : OperatorJson.Object(status);

    // When something was looked at is no news by itself.
    private static JsonObject? Timeless(JsonObject? status, bool withMetrics)
    {
        if (status is null)
        {
            return null;
        }

        var copy = (JsonObject)status.DeepClone();
        (copy["health"] as JsonObject)?.Remove("checkedAt");
        if (withMetrics)
        {
            (copy["metrics"] as JsonObject)?.Remove("observedAt");
        }
        else
        {
            copy.Remove("metrics");
        }

        return copy;
    }
}
