using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Diagnostics;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;
using DotMac.Vault.Client;
using DotMac.Vault.KeyValue;

namespace DotMac.Operator.Secrets;

/// <summary>
/// Gives each plugin a policy and a role of its own, and looks whether its secrets are there: at what is noted about them and at the names of
/// their keys, never at a value.
/// </summary>
internal sealed class PluginVault(IVaultClient vault, VaultOptions options, Func<CancellationToken, ValueTask<string>> cluster, TimeProvider clock, ILogger<PluginVault> logger)
    : IPluginVault
{
    private readonly ConcurrentDictionary<ObjectKey, Known> _known = new();

    // Some names share a gate and now and then wait for each other; a gate for each would be kept for ever.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1, 1))];
    private readonly VaultPause _pause = new(clock);
    private Func<AccessChange, CancellationToken, ValueTask>? _changed;

    /// <summary>Sets who is told, after it is so, that a plugin was let in to secrets or is no longer.</summary>
    public void OnChanged(Func<AccessChange, CancellationToken, ValueTask> changed) => _changed = changed;

    public async Task<SecretsOutcome> EnsureAsync(PluginAccess access, bool watchVersions, CancellationToken cancellationToken)
    {
        var key = new ObjectKey(access.Namespace, access.Plugin);
        var wanted = Wish(access);
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && known.Wish == wanted && now < known.Until)
        {
            return known.Outcome with { LookAgain = known.Until - now };
        }

        if (_pause.Now() is { } pause)
        {
            return new SecretsOutcome(pause.Verdict, LookAgain: Jittered(pause.LookAgain));
        }

        try
        {
            var outcome = (access.IsManaged ? await GrantAsync(access, cancellationToken) : null) ?? await LookAsync(access, cancellationToken);
            _pause.Over();
            var interval = Jittered(outcome.Verdict.IsTrue && !watchVersions ? options.RecheckInterval : options.WatchInterval);
            _known[key] = new Known(wanted, outcome, clock.GetUtcNow() + interval);
            return outcome with { LookAgain = interval };
        }
        catch (VaultException e)
        {
            OperatorMetrics.VaultErrors.Add(1, new KeyValuePair<string, object?>("kind", e.Kind.ToString()));
            var verdict = VaultTrouble.Of(e);
            logger.LogDebug("Vault and {Plugin}: {Reason}", key, e.Message);
            return new SecretsOutcome(verdict, LookAgain: Jittered(Judge(e, verdict) ?? options.WatchInterval));
        }
    }

    public async Task<string?> RemoveAsync(string ns, string plugin, string tenant, CancellationToken cancellationToken)
    {
        Forget(ns, plugin);
        var name = VaultNames.Access(tenant, plugin);
        if (_pause.Now() is { } pause)
        {
            return pause.Verdict.Message;
        }

        using var held = await HoldAsync(name, cancellationToken);
        try
        {
            var mark = AccessMark.Of(await vault.Policies.ReadAsync(name, cancellationToken));
            if (mark == new AccessMark(await cluster(cancellationToken), ns, plugin))
            {
                // The role first: without it nobody can log in any more, and the policy, which says whose both are, is the last to go.
                await vault.KubernetesAuth(VaultNames.AuthMount(options.AuthPath)).DeleteRoleAsync(name, cancellationToken);
                await vault.Policies.DeleteAsync(name, cancellationToken);
                logger.LogInformation("Deleted Vault's policy and role {Name} of {Namespace}/{Plugin}", name, ns, plugin);
                await TellAsync(new AccessChange(ns, plugin, tenant, name, null), cancellationToken);
            }

            _pause.Over();
            return null;
        }
        catch (VaultException e)
        {
            var verdict = VaultTrouble.Of(e);
            Judge(e, verdict);
            return verdict.Message;
        }
    }

    public void Forget(string ns, string plugin) => _known.TryRemove(new ObjectKey(ns, plugin), out _);

    // How long nobody is to ask; null when Vault did answer, though it refused: the others are not to wait for what is one plugin's trouble.
    private TimeSpan? Judge(VaultException error, Verdict verdict)
    {
        if (VaultTrouble.IsForAll(error))
        {
            return _pause.Begin(verdict);
        }

        _pause.Over();
        return null;
    }

    // Null when policy and role are as they should be.
    private async Task<SecretsOutcome?> GrantAsync(PluginAccess access, CancellationToken cancellationToken)
    {
        // Two plugins whose names come to the same must not both find the place free.
        using var held = await HoldAsync(access.Name, cancellationToken);
        var policy = PluginPolicy.Of(access, options, await cluster(cancellationToken));
        var present = await vault.Policies.ReadAsync(access.Name, cancellationToken);
        if (present is not null && AccessMark.Of(present) != AccessMark.Of(policy))
        {
            return Taken(access, "policy", AccessMark.Of(present) is { } other ? $"TenantPlugin {other.Namespace}/{other.Plugin} of cluster {other.Cluster}" : "somebody else");
        }

        var auth = vault.KubernetesAuth(access.AuthMount);
        var wanted = PluginRole.Of(access, options);
        var role = await auth.ReadRoleAsync(access.Name, cancellationToken);
        if (role is not null && !PluginRole.IsOf(role, access))
        {
            return Taken(access, "role", $"service accounts {string.Join(", ", role.ServiceAccountNames)} of namespaces {string.Join(", ", role.ServiceAccountNamespaces)}");
        }

        var granted = present != policy || !wanted.IsSameAs(role);
        if (present != policy)
        {
            await vault.Policies.WriteAsync(access.Name, policy, cancellationToken);
            logger.LogInformation("Wrote Vault's policy {Name} of {Namespace}/{Plugin}", access.Name, access.Namespace, access.Plugin);
        }

        if (!wanted.IsSameAs(role))
        {
            await auth.WriteRoleAsync(access.Name, wanted, cancellationToken);
            logger.LogInformation("Wrote Vault's role {Name} of {Namespace}/{Plugin}", access.Name, access.Namespace, access.Plugin);
        }

        if (granted)
        {
            var references = access.References.Select(static r => r.Reference.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            await TellAsync(new AccessChange(access.Namespace, access.Plugin, access.Tenant, access.Name, [.. references]), cancellationToken);
        }

        return null;
    }

    private ValueTask TellAsync(AccessChange change, CancellationToken cancellationToken) => _changed?.Invoke(change, cancellationToken) ?? ValueTask.CompletedTask;

    private static SecretsOutcome Taken(PluginAccess access, string what, string owner) => new(Verdict.False(
        ConditionReasons.VaultNameTaken,
        $"Vault's {what} {access.Name} belongs to {owner} and is left alone. Install the plugin under another name, or set spec.vault.role to a role of your own"));

    private async Task<SecretsOutcome> LookAsync(PluginAccess access, CancellationToken cancellationToken)
    {
        var store = vault.KeyValue(VaultNames.Mount(options));
        var versions = new StringBuilder();
        foreach (var group in access.References.GroupBy(static r => r.Reference.Path, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            var secret = VaultNames.Secret(options, access.Tenant, group.Key);
            KeyValueMetadata? metadata;
            try
            {
                metadata = await store.ReadMetadataAsync(secret, cancellationToken);
            }
            catch (ArgumentException e)
            {
                return Missing(group.First(), $"a secret of Vault that cannot be asked for: {e.Message}. Give it a shorter path");
            }

            if (metadata?.Current is not { } current || current.State(clock.GetUtcNow()) != KeyValueState.Available)
            {
                var how = metadata is null ? "is not there" : "was deleted";
                return Missing(group.First(), $"Vault's secret {VaultNames.Mount(options)}/{secret}, which {how}. Write it: vault kv put -mount={VaultNames.Mount(options)} {secret} {group.First().Reference.Key}=...");
            }

            if (await KeysAsync(store, secret, cancellationToken) is { } keys && group.FirstOrDefault(r => !keys.Contains(r.Reference.Key)) is { } missing)
            {
                return Missing(missing, $"key {missing.Reference.Key} of Vault's secret {VaultNames.Mount(options)}/{secret}, which has no such key. Add it: vault kv patch -mount={VaultNames.Mount(options)} {secret} {missing.Reference.Key}=...");
            }

            // A secret that was taken away and written anew counts from 1 again.
            versions.Append(CultureInfo.InvariantCulture, $"{secret}@{current.Number} {current.CreatedAt.UtcTicks}\n");
        }

        return new SecretsOutcome(
            Verdict.True(ConditionReasons.SecretsFound, "Every secret that the config refers to is in Vault"),
            Hashing.Of(Encoding.UTF8.GetBytes(versions.ToString()))[..16]);
    }

    private static SecretsOutcome Missing(LocatedReference reference, string what) =>
        new(Verdict.False(ConditionReasons.SecretNotFound, $"/spec/config{reference.Pointer} refers to {what}"));

    // The names of the keys where Vault tells them (1.10 and newer, and if the operator's policy allows it); null where it does not.
    private static async Task<IReadOnlySet<string>?> KeysAsync(IKeyValueStore store, string secret, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadSubkeysAsync(secret, cancellationToken: cancellationToken))?.Keys;
        }
        catch (VaultException e) when (e.Kind is VaultErrorKind.Forbidden or VaultErrorKind.NotFound or VaultErrorKind.BadRequest)
        {
            return null;
        }
    }

    private async Task<Held> HoldAsync(string name, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)string.GetHashCode(name, StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Held(gate);
    }

    private static TimeSpan Jittered(TimeSpan time) => time * (0.9 + (Random.Shared.NextDouble() * 0.2));

    private static string Wish(PluginAccess access) =>
        $"{access.Tenant}|{access.OwnRole}|{access.AuthMount}|{string.Join('|', access.References.Select(static r => r.Reference.ToString()).Order(StringComparer.Ordinal))}";

    private sealed record Known(string Wish, SecretsOutcome Outcome, DateTimeOffset Until);

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
