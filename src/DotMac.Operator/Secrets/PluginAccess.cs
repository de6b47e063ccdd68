using DotMac.Operator.Configuration;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources.Defaults;

namespace DotMac.Operator.Secrets;

/// <summary>What one plugin wants of Vault.</summary>
/// <param name="Namespace">The TenantPlugin's namespace.</param>
/// <param name="Plugin">The TenantPlugin's name, which is its service account's too.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="References">Its references to Vault, with their places.</param>
/// <param name="OwnRole">A role that the user brings; null for the one that the operator makes.</param>
/// <param name="AuthMount">The mount of the login, below <c>auth/</c>.</param>
internal sealed record PluginAccess(
    string Namespace,
    string Plugin,
    string Tenant,
    IReadOnlyList<LocatedReference> References,
    string? OwnRole,
    string AuthMount)
{
    /// <summary>The name of policy and role.</summary>
    public string Name => VaultNames.Access(Tenant, Plugin);

    /// <summary>Whether the operator looks after policy and role.</summary>
    public bool IsManaged => OwnRole is null;

    /// <summary>The paths as they are written in the config, each once.</summary>
    public IEnumerable<string> Paths => References.Select(static r => r.Reference.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Reads it from an effective spec; null when the plugin wants nothing of Vault.</summary>
    public static PluginAccess? Of(
        string ns, string name, string tenant, EffectivePlugin effective, IReadOnlyList<LocatedReference> references, VaultOptions vault)
    {
        var wanted = references.Where(static r => r.Reference.Kind == ReferenceKind.Vault).ToList();
        return wanted.Count == 0
            ? null
            : new PluginAccess(ns, name, tenant, wanted, effective.VaultRole, VaultNames.AuthMount(effective.VaultAuthPath ?? vault.AuthPath));
    }
}
