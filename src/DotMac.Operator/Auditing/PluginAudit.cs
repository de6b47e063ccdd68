using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Audit;
using DotMac.Audit.Entries;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Auditing;

/// <summary>
/// Records what is done to plugins: by others, as the watch shows it, and by the operator itself. A change of a spec is recorded when it is
/// first looked at, before the status says so, and what came of it when that is known. An operator that is killed in between records it
/// once more; one that was away does not know what was there before.
/// </summary>
/// <param name="log">Keeps it.</param>
/// <param name="caches">What is watched.</param>
/// <param name="isLeading">Whether this replica works; the others only watch.</param>
internal sealed class PluginAudit(IAuditLog log, PluginCaches caches, Func<bool> isLeading)
{
    private const string FromWatch = "watch";
    private const string FromAdmission = "admission";
    private const string FromOperator = "operator";

    private static readonly AuditActor Self = new(ResourceNames.FieldManager, AuditActorKind.Operator);

    private readonly ConcurrentDictionary<ObjectKey, TenantPluginSpec> _before = new();
    private readonly ConcurrentDictionary<ObjectKey, Recorded> _recorded = new();

    /// <summary>Who asked for what, as far as admission was asked; null where it is not.</summary>
    public ChangeAuthors? Authors { get; init; }

    /// <summary>Begins to listen. Before any controller does: it must know what was there when they ask what changed.</summary>
    public void Listen() => caches.PluginInformer.Subscribe(OnPlugin);

    /// <summary>Records what is new in a spec, once.</summary>
    public async ValueTask ObservedAsync(TenantPlugin plugin, Evaluation evaluation, CancellationToken cancellationToken)
    {
        var (key, generation) = (ObjectKey.Of(plugin), plugin.Metadata.Generation ?? 0);
        var known = _recorded.TryGetValue(key, out var recorded) && recorded.Uid == plugin.Metadata.Uid ? recorded : null;
        if (plugin.Status?.ObservedGeneration >= generation || known?.Generation >= generation)
        {
            return;
        }

        _before.TryRemove(key, out var before);
        var author = Authors?.Of(key, plugin.Metadata.DeletionTimestamp is null ? plugin.Spec : null);
        var changes = Changes(plugin, known is null, before, SchemaOf(evaluation));
        foreach (var change in changes)
        {
            await log.RecordAsync(
                By(author, EntryOf(plugin, evaluation.Tenant, evaluation.Effective.Version)) with
                {
                    Operation = change.Operation,
                    Result = AuditResult.Accepted,
                    Message = before is null && change.Before is null && change.Operation == AuditOperations.Configure ? "The operator did not run when it was changed: what was there before is not known" : null,
                    Changed = change.Changed.Count == 0 ? null : change.Changed,
                    Before = change.Before,
                    After = change.After,
                },
                cancellationToken);
        }

        _recorded[key] = new Recorded(plugin.Metadata.Uid, generation, [.. changes.Select(static c => c.Operation).Where(static operation => operation != AuditOperations.Remove)]);
    }

    /// <summary>Records what came of it, once that is known.</summary>
    public async ValueTask SettledAsync(TenantPlugin plugin, TenantPluginStatus status, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(plugin);
        if (!_recorded.TryGetValue(key, out var known) || known.Open.Count == 0 || known.Generation != status.ObservedGeneration || ResultOf(status) is not { } result)
        {
            return;
        }

        _recorded[key] = known with { Open = [] };
        var ready = status.FindCondition(ConditionTypes.Stalled) ?? status.FindCondition(ConditionTypes.Ready);
        foreach (var operation in known.Open)
        {
            await log.RecordAsync(
                EntryOf(plugin, status.Tenant, status.Version) with { Operation = operation, Result = result, Actor = Self, Source = FromOperator, Reason = ready?.Reason, Message = ready?.Message },
                cancellationToken);
        }
    }

    /// <summary>Records something that the operator did of its own accord.</summary>
    public ValueTask DidAsync(TenantPlugin plugin, string operation, string reason, string message, CancellationToken cancellationToken) => log.RecordAsync(
        EntryOf(plugin, plugin.Status?.Tenant, plugin.Status?.Version) with
        {
            Operation = operation,
            Result = AuditResult.Succeeded,
            Actor = Self,
            Source = FromOperator,
            Reason = reason,
            Message = message,
        },
        cancellationToken);

    /// <summary>Records that a plugin was let in to secrets, or is no longer.</summary>
    public ValueTask AccessChangedAsync(AccessChange change, CancellationToken cancellationToken) => log.RecordAsync(
        new AuditEntry
        {
            Operation = change.References is null ? AuditOperations.RevokeSecretAccess : AuditOperations.GrantSecretAccess,
            Result = AuditResult.Succeeded,
            Actor = Self,
            Source = FromOperator,
            Subject = new AuditSubject("TenantPlugin", change.Namespace, change.Plugin),
            Tenant = change.Tenant,
            Message = $"Vault policy and role {change.Access}",
            After = change.References is null ? null : new JsonObject { ["references"] = new JsonArray([.. change.References.Select(static r => JsonValue.Create(r))]) },
        },
        cancellationToken);

    private static IReadOnlyList<SpecChange> Changes(TenantPlugin plugin, bool isFirstLook, TenantPluginSpec? before, JsonElement? schema)
    {
        if (plugin.Metadata.DeletionTimestamp is not null)
        {
            return [new SpecChange(AuditOperations.Remove, [], null, null)];
        }

        // Whoever changes a new plugin at once makes the first status miss it: that it has none does not make it new a second time.
        if (isFirstLook && plugin.Status?.ObservedGeneration is not >= 0)
        {
            return SpecAudit.Of(null, plugin.Spec, schema);
        }

        return before is null
            ? [new SpecChange(AuditOperations.Configure, [], null, SpecAudit.Of(null, plugin.Spec, schema)[0].After)]
            : SpecAudit.Of(before, plugin.Spec, schema);
    }

    private static AuditResult? ResultOf(TenantPluginStatus status) => status.Phase switch
    {
        PluginPhase.Active or PluginPhase.Inactive when status.FindCondition(ConditionTypes.Stalled) is null => AuditResult.Succeeded,
        PluginPhase.Degraded when status.FindCondition(ConditionTypes.Ready)?.Status == "True" => AuditResult.Succeeded,
        _ when status.FindCondition(ConditionTypes.Stalled) is not null => AuditResult.Failed,
        _ => null,
    };

    // Who did it is known to the API server, and to its admission; a watch brings only what is so now.
    private static AuditEntry EntryOf(TenantPlugin plugin, string? tenant, string? version) => new()
    {
        Operation = AuditOperations.Configure,
        Result = AuditResult.Accepted,
        Actor = AuditActor.Unknown,
        Source = FromWatch,
        Subject = new AuditSubject("TenantPlugin", plugin.Metadata.Namespace, plugin.Metadata.Name ?? string.Empty, plugin.Metadata.Uid, plugin.Metadata.Generation),
        Tenant = tenant,
        Plugin = plugin.Spec.Plugin,
        Version = version,
    };

    private static AuditEntry By(AuditActor? author, AuditEntry entry) => author is null ? entry : entry with { Actor = author, Source = FromAdmission };

    private JsonElement? SchemaOf(Evaluation evaluation) =>
        caches.Definitions.Get(new ObjectKey(string.Empty, evaluation.Effective.Plugin))?.Spec.Versions?
            .FirstOrDefault(v => v.Version == evaluation.Effective.Version)?.ConfigSchema;

    private void OnPlugin(InformerEvent<TenantPlugin> change)
    {
        if (!isLeading())
        {
            return;
        }

        var key = ObjectKey.Of(change.Object);
        switch (change.Type)
        {
            case InformerEventType.Updated when change.Previous is { } previous && previous.Metadata.Generation != change.Object.Metadata.Generation:
                // Of several changes that come before the first look, what was there before all of them counts.
                _before.TryAdd(key, previous.Spec);
                break;
            case InformerEventType.Deleted:
                _before.TryRemove(key, out _);
                _recorded.TryRemove(key, out _);
                _ = log.RecordAsync(By(Authors?.Of(key, null), EntryOf(change.Object, change.Object.Status?.Tenant, change.Object.Status?.Version)) with
                {
                    Operation = AuditOperations.Remove,
                    Result = AuditResult.Succeeded,
                }).AsTask();
                break;
        }
    }

    private sealed record Recorded(string? Uid, long Generation, IReadOnlyList<string> Open);
}
