using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Auditing;
using DotMac.Operator.Desired;
using DotMac.Operator.Diagnostics;
using DotMac.Operator.Egress;
using DotMac.Operator.Health;
using DotMac.Operator.Images;
using DotMac.Operator.Rollouts;
using DotMac.Operator.Secrets;
using DotMac.Operator.Status;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Tenants;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Operator.Reconciliation;

/// <summary>Turns a TenantPlugin into what it becomes, and says in its status how it fares: evaluate, apply, observe, tell.</summary>
internal sealed class TenantPluginController(
    PluginCaches caches,
    ChildCaches children,
    SecretCheck secrets,
    Applier applier,
    StatusWriter statuses,
    InjectorRecovery recovery,
    PluginRollouts rollouts,
    ReconcileContext context) : IEntityController<TenantPlugin>
{
    // What is waited for and cannot be watched, a Secret or another plugin, is looked at again at this pace.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    public async Task<ReconciliationResult> ReconcileAsync(TenantPlugin plugin, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(plugin);
        var choice = await ChooseAsync(plugin, cancellationToken);
        var evaluation = choice.Evaluation;
        var isPaused = Pause.Is(plugin);

        var dependencies = evaluation.IsValid
            ? CheckDependencies(evaluation, plugin)
            : Verdict.Unknown(ConditionReasons.Pending, "Looked at once the config is valid");
        var secretsFound = isPaused ? SecretsBefore(plugin) : await CheckSecretsAsync(plugin, evaluation, cancellationToken);
        var now = context.Clock.GetUtcNow();
        var (mark, roll, rotates) = Rotation(plugin, evaluation, secretsFound, now);
        var desired = await DesiredAsync(plugin, evaluation, dependencies, secretsFound.Verdict, mark, cancellationToken);
        var applied = isPaused ? null : await ApplyAsync(plugin, evaluation, desired, cancellationToken);
        if (context.Audit is not null && applied?.Writes > 0 && rotates)
        {
            await context.Audit.DidAsync(plugin, AuditOperations.RotateSecrets, "SecretsChanged", "The pods are rolled because secrets in Vault have new versions", cancellationToken);
        }

        var observed = Observe(key, plugin);
        var inputs = new StatusInputs(plugin, evaluation, dependencies, secretsFound.Verdict, applied, observed, now)
        {
            Pause = isPaused ? new Pause(desired is null ? null : applier.Waiting(desired, plugin)) : null,
        };
        var rollout = await rollouts.JudgeAsync(choice, inputs, cancellationToken);
        var numbers = await WriteStatusAsync(plugin, inputs with { Rollout = rollout.State, HasGivenUp = rollout.HasGivenUp }, cancellationToken);
        if (rollout.HasGivenUp && context.Audit is not null)
        {
            await context.Audit.DidAsync(
                plugin, AuditOperations.RollBack, rollout.State.Rollback!.Reason ?? ConditionReasons.RolledBack, $"Revision {rollout.State.Rollback.Revision} did not become healthy; {rollout.State.Current} is put back", cancellationToken);
        }

        if (plugin.Metadata.DeletionTimestamp is not null)
        {
            return ReconciliationResult.Done;
        }

        var waits = evaluation.Config.Reason == ConditionReasons.TenantLimitExceeded
            || (evaluation.IsValid && (secretsFound.Verdict.IsFalse || dependencies.IsFalse || applied?.Conflict is not null));
        return Earliest(
            waits ? LookAgain * (0.8 + (Random.Shared.NextDouble() * 0.4)) : null,
            numbers,
            observed.Trouble(now)?.Until - now,
            secretsFound.LookAgain,
            roll,
            rollout.HasGivenUp ? TimeSpan.FromMilliseconds(1) : rollout.LookAgain,
            isPaused ? null : await RecoverAsync(plugin, evaluation, observed, cancellationToken)) is { } later
            ? ReconciliationResult.RequeueAfter(later)
            : ReconciliationResult.Done;
    }

    public Task DeletedAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        // The children carry an ownerReference: the garbage collector takes them.
        applier.Forget(key);
        recovery.Forget(key);
        rollouts.Forget(key);
        context.Egress?.Forget(key);
        context.Vault?.Forget(key.Namespace, key.Name);
        return Task.CompletedTask;
    }

    private static TimeSpan? Earliest(params ReadOnlySpan<TimeSpan?> times)
    {
        TimeSpan? earliest = null;
        foreach (var time in times)
        {
            earliest = earliest is null || time < earliest ? time ?? earliest : earliest;
        }

        return earliest;
    }

    private async ValueTask<RevisionChoice> ChooseAsync(TenantPlugin plugin, CancellationToken cancellationToken)
    {
        var evaluation = Evaluate(plugin);
        if (context.Audit is { } audit)
        {
            await audit.ObservedAsync(plugin, evaluation, cancellationToken);
        }

        return await rollouts.ChooseAsync(plugin, evaluation, Evaluate, cancellationToken);
    }

    private Evaluation Evaluate(TenantPlugin plugin)
    {
        var ns = plugin.Metadata.Namespace ?? string.Empty;
        var home = caches.Namespace(ns);
        var evaluation = Evaluator.Of(
            plugin,
            home,
            caches.Definition(plugin.Spec.Plugin),
            version => Accepts(plugin, version));
        return WithLimits(plugin, home, WithSettings(evaluation));
    }

    // Whether an upgrade policy may lead to a version. What runs always will do: nothing is taken back because a neighbour changed.
    private bool Accepts(TenantPlugin plugin, PluginVersionSpec version)
    {
        if (version.Version == plugin.Status?.Version)
        {
            return true;
        }

        var installed = caches.PluginsOf(plugin.Metadata.Namespace ?? string.Empty);
        return DependencyCheck.Of(version.Dependencies ?? [], installed).Reason is not (ConditionReasons.DependencyMissing or ConditionReasons.DependencyVersionMismatch)
            && Dependents.Accept(version.Version, plugin.Status?.Version, Dependents.Of(plugin.Spec.Plugin!, installed, caches.Definition));
    }

    // Looking itself may write: policies and roles. What was found before the pause stands.
    private static SecretsOutcome SecretsBefore(TenantPlugin plugin) => new(
        plugin.Status?.FindCondition(ConditionTypes.SecretsReady) is { Status: { } status, Reason: { } reason } before
            ? new Verdict(status, reason, before.Message ?? string.Empty)
            : Verdict.Unknown(ConditionReasons.Paused, "Not looked at while the plugin is paused"));

    // What the operator's own settings decide where the spec leaves it open.
    private Evaluation WithSettings(Evaluation evaluation) => evaluation with
    {
        Effective = evaluation.Effective with
        {
            VaultInjection = evaluation.Effective.VaultInjection ?? context.Options.Vault.Injection,
            SandboxEnabled = evaluation.Effective.SandboxEnabled || context.Options.SandboxRequired,
            Image = evaluation.Effective.Image is { } image ? ImageRegistry.Rewrite(context.Options.ImageRegistry, image) : null,
        },
    };

    // What the tenant may have is judged last: what is wrong in itself needs no room.
    private Evaluation WithLimits(TenantPlugin plugin, V1Namespace? ns, Evaluation evaluation)
    {
        var limits = TenantLimits.Of(ns);
        return evaluation.IsValid && !limits.IsEmpty && limits.OfInstalled(plugin, caches.PluginsOf(plugin.Metadata.Namespace ?? string.Empty), caches.UseOf) is { } over
            ? evaluation with { Config = Verdict.False(ConditionReasons.TenantLimitExceeded, over.ToString()) }
            : evaluation;
    }

    private Verdict CheckDependencies(Evaluation evaluation, TenantPlugin plugin)
    {
        if (evaluation.Dependencies.Count == 0)
        {
            return DependencyCheck.Of([], []);
        }

        // A circle is one whatever is installed, and worth a word only where it keeps somebody waiting.
        var verdict = DependencyCheck.Of(evaluation.Dependencies, caches.PluginsOf(plugin.Metadata.Namespace ?? string.Empty));
        return verdict.IsFalse
            && evaluation.Version is { } version
            && DependencyCycle.Of(plugin.Spec.Plugin ?? string.Empty, version, caches.Definition) is { } cycle
            ? Verdict.False(
                ConditionReasons.DependencyCycle,
                $"These plugins need each other in a circle, so that none can start: {cycle}. A platform administrator must take one of these dependencies out of its PluginDefinition")
            : verdict;
    }

    private async Task<SecretsOutcome> CheckSecretsAsync(TenantPlugin plugin, Evaluation evaluation, CancellationToken cancellationToken)
    {
        if (!evaluation.IsValid)
        {
            return new SecretsOutcome(Verdict.Unknown(ConditionReasons.Pending, "Looked at once the config is valid"));
        }

        if (plugin.Metadata.DeletionTimestamp is not null)
        {
            return new SecretsOutcome(Verdict.Unknown(ConditionReasons.Terminating, "The plugin is being removed"));
        }

        var (ns, name) = (plugin.Metadata.Namespace!, plugin.Metadata.Name!);
        var access = evaluation.Effective.VaultInjection == VaultInjection.None
            ? null
            : PluginAccess.Of(ns, name, evaluation.Tenant!, evaluation.Effective, evaluation.References, context.Options.Vault);
        if (access?.IsManaged != true && context.Vault is { } vault && plugin.Metadata.Finalizers?.Contains(VaultFinalizer.Name) == true)
        {
            // It had a policy and a role once, and wants none any more.
            await vault.RemoveAsync(ns, name, evaluation.Tenant!, cancellationToken);
        }

        if (access is not null && context.Vault is null && evaluation.Effective.VaultInjection == VaultInjection.Sidecar)
        {
            return new SecretsOutcome(Verdict.False(
                ConditionReasons.VaultNotConfigured,
                "/spec/vault/injection: Sidecar needs an operator that knows Vault's address. Start it with --vault-address, or use Injector"));
        }

        return await secrets.CheckAsync(ns, evaluation.References, access, evaluation.Effective.Rotation == RotationMode.Restart, cancellationToken);
    }

    private (RotationMark Mark, TimeSpan? LookAgain, bool Rotates) Rotation(TenantPlugin plugin, Evaluation evaluation, SecretsOutcome found, DateTimeOffset now)
    {
        if (context.Vault is null || !evaluation.RefersToVault)
        {
            return (RotationMark.None, null, false);
        }

        var live = Deployment(plugin) is { } deployment ? RotationMark.Of(deployment) : RotationMark.None;
        var (mark, lookAgain) = RotationMark.Next(evaluation.Effective.Rotation, found.Versions, live, context.Options.Vault.RotationInterval, now);
        return (mark, lookAgain, live.Versions is not null && mark.Versions != live.Versions);
    }

    private async Task<TimeSpan?> RecoverAsync(TenantPlugin plugin, Evaluation evaluation, Observed observed, CancellationToken cancellationToken)
    {
        var asks = evaluation.Effective.VaultInjection == VaultInjection.Injector && evaluation.RefersToVault;
        return asks && evaluation.IsValid && Deployment(plugin) is { } deployment
            ? await recovery.RecoverAsync(plugin, deployment, observed.Pods, cancellationToken)
            : null;
    }

    private Unstructured? Deployment(TenantPlugin plugin) => children.GetOwned(EntityType.Of<V1Deployment>(), plugin);

    // What cannot be rolled out is not begun: the pods of the last good configuration stay as they are.
    private async ValueTask<IReadOnlyList<IKubernetesEntity>?> DesiredAsync(
        TenantPlugin plugin, Evaluation evaluation, Verdict dependencies, Verdict secretsReady, RotationMark rotation, CancellationToken cancellationToken)
    {
        if (plugin.Metadata.DeletionTimestamp is not null || !evaluation.IsValid || dependencies.IsFalse || secretsReady.IsFalse)
        {
            return null;
        }

        var inputs = new DesiredInputs(
            plugin,
            evaluation.Effective,
            [.. evaluation.References.Select(static r => r.Reference)],
            evaluation.Tenant!,
            context.Keys.Current,
            context.Options)
        {
            Rotation = rotation,
            PullSecrets = PullSecrets.Of(context.Options.ImagePullSecrets, caches.Namespace(plugin.Metadata.Namespace)),
            DisruptionBudget = children.FirstServed(EntityType.Of<V1PodDisruptionBudget>(), EntityType.Of<V1beta1PodDisruptionBudget>()),
        };
        return DesiredState.Of(context.Egress is { } egress && evaluation.Effective.SandboxEnabled
            ? inputs with { EgressAddresses = await egress.OfAsync(ObjectKey.Of(plugin), EgressHosts.Of(evaluation.Effective.Egress), cancellationToken) }
            : inputs);
    }

    private async Task<ApplyOutcome?> ApplyAsync(
        TenantPlugin plugin, Evaluation evaluation, IReadOnlyList<IKubernetesEntity>? desired, CancellationToken cancellationToken)
    {
        if (desired is not null)
        {
            return await applier.ApplyAsync(desired, plugin, cancellationToken);
        }

        // Switching off always works.
        if (plugin.Metadata.DeletionTimestamp is null && !evaluation.Effective.Enabled)
        {
            await applier.ScaleToZeroAsync(plugin, cancellationToken);
        }

        return null;
    }

    private Observed Observe(ObjectKey key, TenantPlugin plugin)
    {
        if (Deployment(plugin) is not { } deployment)
        {
            return new Observed(null, [], null);
        }

        var pods = PluginPods.Of(caches.Pods, key);
        return new Observed(ObservedDeployment.Of(deployment), pods, context.Health.Get(key))
        {
            Warnings = PodEvents.Of(caches.Warnings, pods),
            Usage = context.Usage?.Get(key),
        };
    }

    private async Task<TimeSpan?> WriteStatusAsync(TenantPlugin plugin, StatusInputs inputs, CancellationToken cancellationToken)
    {
        var after = StatusCalculator.Of(inputs);
        var change = StatusChange.Of(plugin.Status, after, MetricsInterval(plugin), inputs.Now);
        if (context.Audit is { } audit)
        {
            await audit.SettledAsync(plugin, after, cancellationToken);
        }

        if (change.Patch is null)
        {
            return change.LookAgain;
        }

        if (await statuses.WriteAsync(plugin, change, cancellationToken) is { } wait)
        {
            return wait;
        }

        Tell(plugin, after);
        return null;
    }

    // Plugins that were installed together would otherwise all be written in the same second, for ever.
    private TimeSpan MetricsInterval(TenantPlugin plugin) =>
        context.Options.StatusMetricsInterval * (1 + ((uint)(plugin.Metadata.Uid ?? string.Empty).GetHashCode(StringComparison.Ordinal) / (10.0 * uint.MaxValue)));

    private void Tell(TenantPlugin plugin, TenantPluginStatus after)
    {
        foreach (var news in StatusNews.Of(plugin.Status, after))
        {
            if (news.Reason == ConditionReasons.InjectionMissing)
            {
                OperatorMetrics.InjectionMissing.Add(1);
            }

            if (news.IsWarning)
            {
                context.Events.Warning(plugin, news.Reason, "Reconcile", news.Note);
            }
            else
            {
                context.Events.Normal(plugin, news.Reason, "Reconcile", news.Note);
            }
        }
    }
}
