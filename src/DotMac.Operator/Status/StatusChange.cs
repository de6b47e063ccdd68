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
    private const string Health = "health";
    private const string CheckedAt = "checkedAt";
    private const string Metrics = "metrics";
    private const string ObservedAt = "observedAt";

    private static readonly StatusChange None = new(null, null);

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

        // When something was looked at is no news by itself, and numbers are news only now and then.
        var news = patch.Where(static field => field.Key is not (Health or Metrics)).Any() || Says(patch[Health], CheckedAt, patch.ContainsKey(Health));
        var numbers = Says(patch[Metrics], ObservedAt, patch.ContainsKey(Metrics));
        if (!news && !numbers)
        {
            return None;
        }

        return !news && before?.Metrics?.ObservedAt is { } written && now - written < metricsInterval
            ? new StatusChange(null, metricsInterval - (now - written))
            : new StatusChange(patch, null);
    }

    private static JsonObject? Json(TenantPluginStatus? status) =>
        status is null ? null : OperatorJson.Object(status);

    // Whether a part of the patch changes more than a time; a null takes the whole part away.
    private static bool Says(JsonNode? part, string time, bool present) =>
        present && (part is not JsonObject fields || fields.Any(field => field.Key != time));
}
