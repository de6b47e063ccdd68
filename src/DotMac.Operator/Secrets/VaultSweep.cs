using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Configuration;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources.Tenants;
using DotMac.Vault.Client;

namespace DotMac.Operator.Secrets;

/// <summary>Deletes what is left in Vault of plugins that went while Vault was away. Only what bears this cluster's mark is looked at twice.</summary>
internal sealed class VaultSweep(
    IVaultClient vault,
    IPluginVault access,
    PluginCaches caches,
    VaultOptions options,
    Func<CancellationToken, ValueTask<string>> cluster,
    TimeProvider clock,
    ILogger<VaultSweep> logger)
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    /// <summary>Sweeps at once and then now and again, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                var swept = await SweepAsync(cancellationToken);
                logger.Log(swept > 0 ? LogLevel.Information : LogLevel.Debug, "Swept {Count} policies and roles of plugins that are gone out of Vault", swept);
                pause = options.SweepInterval;
            }
            catch (Exception e) when (e is VaultException or ApiException or HttpRequestException or IOException)
            {
                logger.LogDebug("Vault is not swept now: {Reason}", e.Message);
                pause = AfterTrouble;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause * (0.9 + (Random.Shared.NextDouble() * 0.2)), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sweeps once.</summary>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        var here = await cluster(cancellationToken);
        foreach (var name in await vault.Policies.ListAsync(cancellationToken))
        {
            if (!name.StartsWith(VaultNames.Prefix, StringComparison.Ordinal)
                || await MarkAsync(name, cancellationToken) is not { } mark
                || mark.Cluster != here
                || IsNeeded(name, mark))
            {
                continue;
            }

            // The tenant is what is left of the name between the prefix and the plugin.
            var tenant = name[VaultNames.Prefix.Length..^Math.Min(mark.Plugin.Length + 1, name.Length - VaultNames.Prefix.Length)];
            if (VaultNames.Access(tenant, mark.Plugin) == name && await access.RemoveAsync(mark.Namespace, mark.Plugin, tenant, cancellationToken) is null)
            {
                swept++;
            }
        }

        return swept;
    }

    // Not that of a plugin whose namespace went over to another tenant: its old policy would still open the old tenant's secrets.
    private bool IsNeeded(string name, AccessMark mark) =>
        caches.PluginInformer.Store.Get(new ObjectKey(mark.Namespace, mark.Plugin)) is not null
        && (TenantNamespace.TenantOf(caches.Namespaces.Get(new ObjectKey(string.Empty, mark.Namespace))) is not { } tenant
            || VaultNames.Access(tenant, mark.Plugin) == name);

    // Null for what is not ours; what the operator may not read, its own policy above all, is not.
    private async Task<AccessMark?> MarkAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return AccessMark.Of(await vault.Policies.ReadAsync(name, cancellationToken));
        }
        catch (VaultException e) when (e.Kind == VaultErrorKind.Forbidden)
        {
            return null;
        }
        catch (ArgumentException)
        {
            // A name that the operator would never give: one with a slash, for example.
            return null;
        }
    }
}
