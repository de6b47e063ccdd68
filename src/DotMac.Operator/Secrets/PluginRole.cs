using DotMac.Operator.Configuration;
using DotMac.Vault.KubernetesAuth;

namespace DotMac.Operator.Secrets;

/// <summary>The role by which a plugin's agent logs in: one service account of one namespace, one audience, one policy, for a bounded time. Pure.</summary>
internal static class PluginRole
{
    public static KubernetesRole Of(PluginAccess access, VaultOptions vault) => new()
    {
        ServiceAccountNames = [access.Plugin],
        ServiceAccountNamespaces = [access.Namespace],
        Audience = vault.Audience,
        TokenPolicies = [access.Name],
        TokenTtl = vault.TokenTtl,
        TokenMaxTtl = vault.TokenMaxTtl,
    };

    /// <summary>Whether a role is that of this plugin and of nobody else, whatever else may differ.</summary>
    public static bool IsOf(KubernetesRole role, PluginAccess access) =>
        role.ServiceAccountNames is [var name] && name == access.Plugin && role.ServiceAccountNamespaces is [var ns] && ns == access.Namespace;
}
