using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Desired;
using DotMac.Operator.Health;
using DotMac.Operator.Secrets;
using DotMac.Operator.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Reconciliation;

/// <summary>Turns a TenantPlugin into what it becomes, and says in its status how it fares: evaluate, apply, observe, tell.</summary>
internal sealed class TenantPluginController(
    PluginCaches caches,
    ChildCaches children,
    SecretCheck secrets,
    Applier applier,
    StatusWriter statuses,
    ReconcileContext context) : IEntityController<TenantPlugin>
{
    // What is waited for and cannot be watched, a Secret or another plugin, is looked at again at this pace.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    public async Task<ReconciliationResult> ReconcileAsync(TenantPlugin plugin, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(plugin);
        var definition = caches.Definitions.Get(new ObjectKey(string.Empty, plugin.Spec.Plugin ?? string.Empty));
        var evaluation = Evaluator.Of(plugin, caches.Namespaces.Get(new ObjectKey(string.Empty, key.Namespace)), definition);
        var dependencies = evaluation.IsValid
            ? DependencyCheck.Of(evaluation.Dependencies, evaluation.Dependencies.Count > 0 ? caches.PluginsOf(key.Namespace) : [])
            : Verdict.Unknown(ConditionReasons.Pending, "Looked at once the config is valid");
        var secretsReady = evaluation.IsValid
            ? await secrets.CheckAsync(key.Namespace, evaluation.References, cancellationToken)
            : Verdict.Unknown(ConditionReasons.Pending, "Looked at once the config is valid");
        var applied = await ApplyAsync(plugin, evaluation, dependencies, secretsReady, cancellationToken);
        var change = await WriteStatusAsync(plugin, new StatusInputs(
            plugin, evaluation, dependencies, secretsReady, applied, Observe(key, plugin), context.Clock.GetUtcNow()), cancellationToken);
        if (plugin.Metadata.DeletionTimestamp is null && evaluation.IsValid && (secretsReady.IsFalse || dependencies.IsFalse || applied?.Conflict is not null))
        {
            return ReconciliationResult.RequeueAfter(LookAgain * (0.8 + (Random.Shared.NextDouble() * 0.4)));
        }

        return change.LookAgain is { } later ? ReconciliationResult.RequeueAfter(later) : ReconciliationResult.Done;
    }

    public Task DeletedAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        // The children carry an ownerReference: the garbage collector takes them.
        applier.Forget(key);
        return Task.CompletedTask;
    }

    private async Task<ApplyOutcome?> ApplyAsync(
        TenantPlugin plugin,
        Evaluation evaluation,
        Verdict dependencies,
        Verdict secretsReady,
        CancellationToken cancellationToken)
    {
        if (plugin.Metadata.DeletionTimestamp is not null)
        {
            return null;
        }

        // What cannot be rolled out is not begun: the pods of the last good configuration stay as they are. Switching off always works.
        if (!evaluation.IsValid || dependencies.IsFalse || secretsReady.IsFalse)
        {
            if (!evaluation.Effective.Enabled)
            {
                await applier.ScaleToZeroAsync(plugin, cancellationToken);
            }

            return null;
        }

        var inputs = new DesiredInputs(
            plugin,
            evaluation.Effective,
            [.. evaluation.References.Select(static r => r.Reference)],
            evaluation.Tenant!,
            context.Keys.Current,
            context.Options);
        return await applier.ApplyAsync(DesiredState.Of(inputs), plugin, cancellationToken);
    }

    private Observed Observe(ObjectKey key, TenantPlugin plugin)
    {
        var deployment = children.Get(EntityType.Of<V1Deployment>(), key);
        var owned = deployment?.Metadata.OwnerReferences?.Any(o => o.Uid == plugin.Metadata.Uid) == true;
        return new Observed(
            owned ? ObservedDeployment.Of(deployment!) : null,
            owned ? PluginPods.Of(caches.Pods, key) : [],
            owned ? context.Health.Get(key) : null);
    }

    private async Task<StatusChange> WriteStatusAsync(TenantPlugin plugin, StatusInputs inputs, CancellationToken cancellationToken)
    {
        var after = StatusCalculator.Of(inputs);
        var change = StatusChange.Of(plugin.Status, after, context.Options.StatusMetricsInterval, inputs.Now);
        if (change.Patch is not null)
        {
            await statuses.WriteAsync(plugin, change.Patch, cancellationToken);
            Tell(plugin, after);
        }

        return change;
    }

    private void Tell(TenantPlugin plugin, TenantPluginStatus after)
    {
        var before = plugin.Status;
        if (before?.Phase == after.Phase && Ready(before)?.Reason == Ready(after)?.Reason)
        {
            return;
        }

        var ready = Ready(after)!;
        switch (after.Phase)
        {
            case PluginPhase.Active:
                context.Events.Normal(plugin, "Activated", "Reconcile", $"{after.Version} runs: {after.Ready} pods ready");
                break;
            case PluginPhase.Inactive when before?.Phase != PluginPhase.Inactive:
                context.Events.Normal(plugin, "Deactivated", "Reconcile", ready.Message ?? string.Empty);
                break;
            case PluginPhase.Failed or PluginPhase.Degraded:
            case PluginPhase.Pending when ready.Status == "False":
                context.Events.Warning(plugin, ready.Reason ?? ConditionReasons.Progressing, "Reconcile", ready.Message ?? string.Empty);
                break;
        }
    }

    private static V1Condition? Ready(TenantPluginStatus? status) => status?.Conditions?.FirstOrDefault(static c => c.Type == ConditionTypes.Ready);
}
