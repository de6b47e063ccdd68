using System.Text.Json.Nodes;
using DotMac.Kubernetes.Apply;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Status;

/// <summary>Decides whether a status is worth a write. Pure.</summary>
/// <param name="Patch">What to write; null for nothing.</param>
/// <param name="LookAgain">When numbers and words that moved may be written; null when none did.</param>
internal sealed record StatusChange(JsonObject? Patch, TimeSpan? LookAgain)
{
    private static readonly StatusChange None = new(null, null);

    /// <summary>Whether somebody would want to know at once; otherwise only numbers moved, or the words for the same.</summary>
    public bool IsMeaning { get; private init; }

    /// <summary>Compares.</summary>
    /// <param name="before">The status as it is.</param>
    /// <param name="after">The status as it should be.</param>
    /// <param name="metricsInterval">How often numbers alone are worth a write.</param>
    /// <param name="now">The time.</param>
    public static StatusChange Of(TenantPluginStatus? before, TenantPluginStatus after, TimeSpan metricsInterval, DateTimeOffset now)
    {
        if (MergePatch.Diff(Json(before), Json(after)!) is not { } patch)
        {
            return None;
        }

        if (StatusMeaning.Differs(before, after))
        {
            return new StatusChange(patch, null) { IsMeaning = true };
        }

        // When something was looked at is no news by itself, and numbers are news only now and then.
        if (!StatusMeaning.SaysMoreThanTimes(patch))
        {
            return None;
        }

        return Latest(before!.Metrics?.ObservedAt, before.Health?.CheckedAt) is { } written && now - written < metricsInterval
            ? new StatusChange(null, metricsInterval - (now - written))
            : new StatusChange(patch, null);
    }

    private static JsonObject? Json(TenantPluginStatus? status) =>
        status is null ? null : ResourceJson.Object(status);

    private static DateTimeOffset? Latest(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right : left;
}
