using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Apply;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Status;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Operator.Reconciliation;

/// <summary>Says in a catalog entry's status whether it is in order and how often it is installed.</summary>
internal sealed class PluginDefinitionController(IKubernetesClient client, PluginCaches caches, TimeProvider clock) : IEntityController<PluginDefinition>
{
    // A thousand installations in a minute are a few writes, not a thousand.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<ObjectKey, DateTimeOffset> _written = new();

    public async Task<ReconciliationResult> ReconcileAsync(PluginDefinition definition, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(definition);
        var now = clock.GetUtcNow();
        var status = StatusOf(definition, caches.InstallationsOf(key.Name).Count, now);
        var from = definition.Status is null ? null : ResourceJson.Object(definition.Status);
        if (MergePatch.Diff(from, ResourceJson.Object(status)) is not { } patch)
        {
            return ReconciliationResult.Done;
        }

        var onlyCounted = definition.Status?.ObservedGeneration == definition.Metadata.Generation;
        if (onlyCounted && _written.TryGetValue(key, out var last) && now - last < Interval)
        {
            return ReconciliationResult.RequeueAfter(Interval - (now - last));
        }

        var body = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = definition.Metadata.ResourceVersion },
            ["status"] = patch,
        };
        caches.DefinitionInformer.Observe(await client.Resource<PluginDefinition>().PatchAsync(key, body, "status", cancellationToken));
        _written[key] = now;
        return ReconciliationResult.Done;
    }

    public Task DeletedAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _written.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    internal static PluginDefinitionStatus StatusOf(PluginDefinition definition, int installations, DateTimeOffset now)
    {
        var errors = DefinitionValidator.Validate(definition);
        var verdict = errors.Count == 0
            ? Verdict.True(ConditionReasons.Valid, "The definition can be installed")
            : Verdict.False(ConditionReasons.DefinitionInvalid, errors.Summary());
        var previous = definition.Status?.Conditions?.FirstOrDefault(static c => c.Type == ConditionTypes.Ready);
        return new PluginDefinitionStatus
        {
            ObservedGeneration = definition.Metadata.Generation,
            Installations = installations,
            Conditions =
            [
                new V1Condition
                {
                    Type = ConditionTypes.Ready,
                    Status = verdict.Status,
                    Reason = verdict.Reason,
                    Message = verdict.Message,
                    ObservedGeneration = definition.Metadata.Generation,
                    LastTransitionTime = previous?.Status == verdict.Status && previous.LastTransitionTime is { } since
                        ? since
                        : Timestamps.WholeSeconds(now),
                },
            ],
        };
    }
}
