using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>
/// Tells what a status means from what it merely says. A plugin chooses the words of its checks itself, and its numbers move with every call:
/// were each of them written at once, ten thousand plugins could keep the API server busy. Pure.
/// </summary>
internal static class StatusMeaning
{
    private const string Metrics = "metrics";
    private const string Health = "health";

    /// <summary>Whether somebody would want to know of the difference at once.</summary>
    public static bool Differs(TenantPluginStatus? before, TenantPluginStatus after) =>
        before is null
        || before.ObservedGeneration != after.ObservedGeneration
        || before.Phase != after.Phase
        || before.Tenant != after.Tenant
        || before.Version != after.Version
        || before.Image != after.Image
        || before.CurrentRevision != after.CurrentRevision
        || before.Rollout?.Revision != after.Rollout?.Revision
        || before.Rollback?.Revision != after.Rollback?.Revision
        || !(before.AvailableVersions ?? []).SequenceEqual(after.AvailableVersions ?? [])
        || before.Replicas != after.Replicas
        || before.ReadyReplicas != after.ReadyReplicas
        || before.Ready != after.Ready
        || before.Health?.State != after.Health?.State
        || before.Health?.HandledCheckAt != after.Health?.HandledCheckAt
        || before.Metrics is null != after.Metrics is null
        || before.Metrics?.Restarts != after.Metrics?.Restarts
        || !Checks(before).SequenceEqual(Checks(after))
        || !Conditions(before).SequenceEqual(Conditions(after));

    /// <summary>Whether a patch holds more than the times at which something was looked at.</summary>
    public static bool SaysMoreThanTimes(JsonObject patch) =>
        patch.Any(static field => field.Key switch
        {
            Health => Says(field.Value, "checkedAt"),
            Metrics => Says(field.Value, "observedAt"),
            _ => true,
        });

    private static bool Says(JsonNode? part, string time) => part is not JsonObject fields || fields.Any(field => field.Key != time);

    private static IEnumerable<(string?, object?)> Checks(TenantPluginStatus status) =>
        (status.Health?.Checks ?? []).Select(static check => (check.Name, (object?)check.State));

    private static IEnumerable<(string?, string?, string?, long?, DateTimeOffset?, string?)> Conditions(TenantPluginStatus status) =>
        (status.Conditions ?? []).Select(static c => (c.Type, c.Status, c.Reason, c.ObservedGeneration, c.LastTransitionTime, IsPluginsWord(c) ? null : c.Message));

    private static bool IsPluginsWord(V1Condition condition) =>
        condition.Reason is ConditionReasons.ChecksDegraded or ConditionReasons.ChecksFailed or ConditionReasons.ProbeFailed;
}
