using DotMac.Vault.Health;
using DotMac.Vault.KeyValue;
using DotMac.Vault.KubernetesAuth;
using DotMac.Vault.Policies;
using DotMac.Vault.Tokens;

namespace DotMac.Vault.Client;

/// <summary>A connection to one Vault, or OpenBao.</summary>
public interface IVaultClient
{
    /// <summary>Access-control policies: <c>sys/policies/acl</c>.</summary>
    IVaultPolicies Policies { get; }

    /// <summary>The token itself: <c>auth/token/…-self</c>.</summary>
    IVaultTokens Tokens { get; }

    /// <summary>Whether Vault is up, sealed, active: <c>sys/health</c>.</summary>
    IVaultHealth Health { get; }

    /// <summary>A key-value engine, version 2.</summary>
    /// <param name="mount">Where it is mounted.</param>
    /// <exception cref="ArgumentException">Not a path.</exception>
    IKeyValueStore KeyValue(string mount = "secret");

    /// <summary>The login by service accounts.</summary>
    /// <param name="mount">Where it is mounted below <c>auth/</c>.</param>
    /// <exception cref="ArgumentException">Not a path.</exception>
    IKubernetesAuth KubernetesAuth(string mount = "kubernetes");
}
