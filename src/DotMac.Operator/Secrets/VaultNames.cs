using DotMac.Operator.Configuration;

namespace DotMac.Operator.Secrets;

/// <summary>Where in Vault the things of a tenant and of a plugin are. Pure; the one place that puts such names together.</summary>
internal static class VaultNames
{
    /// <summary>What the names of all policies and roles that the operator makes begin with.</summary>
    public const string Prefix = "dotmac-";

    private const string Auth = "auth/";

    /// <summary>The policy and the role of a plugin. Vault keeps such names in lower case.</summary>
    public static string Access(string tenant, string plugin) => $"{Prefix}{tenant}-{plugin}".ToLowerInvariant();

    /// <summary>A secret below the mount: <c>tenants/acme/twilio</c> for the reference <c>twilio</c>.</summary>
    public static string Secret(VaultOptions vault, string tenant, string path)
    {
        var prefix = vault.PathPrefix.Replace("{tenant}", tenant, StringComparison.Ordinal).Trim('/');
        return prefix.Length == 0 ? path : $"{prefix}/{path}";
    }

    /// <summary>The path of a secret's values in the HTTP API: KV version 2 keeps them below <c>data/</c>.</summary>
    public static string Data(VaultOptions vault, string secret) => $"{Mount(vault)}/data/{secret}";

    /// <summary>The path of what is noted about a secret in the HTTP API.</summary>
    public static string Metadata(VaultOptions vault, string secret) => $"{Mount(vault)}/metadata/{secret}";

    /// <summary>The mount of the key-value engine.</summary>
    public static string Mount(VaultOptions vault) => vault.Mount.Trim('/');

    /// <summary>The mount of the login by service accounts, below <c>auth/</c>.</summary>
    public static string AuthMount(string authPath)
    {
        var path = authPath.Trim('/');
        return path.StartsWith(Auth, StringComparison.Ordinal) ? path[Auth.Length..] : path;
    }
}
