using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Events;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Operator.Secrets;

/// <summary>
/// Takes a plugin's policy and role out of Vault before the plugin goes. A Vault that stays away does not hold up a namespace's deletion for
/// ever: after a while the plugin goes, and the sweep takes the rest.
/// </summary>
internal sealed class VaultFinalizer(IPluginVault vault, PluginCaches caches, IEventRecorder events, TimeProvider clock) : IEntityFinalizer<TenantPlugin>
{
    /// <summary>Under <c>metadata.finalizers</c>.</summary>
    public const string Name = $"{ResourceNames.Group}/vault";

    /// <summary>How long Vault is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    public string Identifier => Name;

    // As written, before it is known to be valid: a finalizer too many is taken off again, one too few leaves something behind.
    public bool AppliesTo(TenantPlugin entity) =>
        !Pause.Is(entity)
        && string.IsNullOrEmpty(entity.Spec.Vault?.Role)
        && entity.Spec.Config is { } config
        && config.GetRawText().Contains("${vault:", StringComparison.Ordinal);

    public async Task<ReconciliationResult> FinalizeAsync(TenantPlugin entity, CancellationToken cancellationToken)
    {
        var tenant = TenantNamespace.TenantOf(caches.Namespaces.Get(new(string.Empty, entity.Metadata.Namespace!))) ?? entity.Status?.Tenant;
        if (tenant is null)
        {
            // Never a tenant's: nothing was made for it.
            return ReconciliationResult.Done;
        }

        if (await vault.RemoveAsync(entity.Metadata.Namespace!, entity.Metadata.Name!, tenant, cancellationToken) is not { } trouble)
        {
            return ReconciliationResult.Done;
        }

        if (clock.GetUtcNow() - entity.Metadata.DeletionTimestamp < Patience)
        {
            return ReconciliationResult.RequeueAfter(LookAgain);
        }

        events.Warning(
            entity,
            ConditionReasons.VaultUnavailable,
            "Finalize",
            $"The plugin goes, and its policy and role {VaultNames.Access(tenant, entity.Metadata.Name!)} stay in Vault until the operator can sweep them: {trouble}");
        return ReconciliationResult.Done;
    }
}
