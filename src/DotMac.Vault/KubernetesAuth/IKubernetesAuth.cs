using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Tokens;

namespace DotMac.Vault.KubernetesAuth;

/// <summary>The login by service accounts' tokens, and its roles. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes</summary>
public interface IKubernetesAuth
{
    /// <summary>Trades a service account's token for one of Vault's. Not repeated by itself: each login is a new token.</summary>
    /// <param name="role">The role.</param>
    /// <param name="serviceAccountToken">The JWT.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">Not a role's name.</exception>
    /// <exception cref="VaultException">Vault refused: <see cref="VaultErrorKind.Forbidden"/> for a token that does not fit the role,
    /// <see cref="VaultErrorKind.BadRequest"/> for a role that is not there.</exception>
    Task<VaultLogin> LoginAsync(string role, SecretValue serviceAccountToken, CancellationToken cancellationToken = default);

    /// <summary>Reads a role; null when it is not there.</summary>
    /// <exception cref="ArgumentException">Not a role's name.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task<KubernetesRole?> ReadRoleAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Creates or replaces a role. Vault keeps names in lower case.</summary>
    /// <exception cref="ArgumentException">Not a role's name.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task WriteRoleAsync(string name, KubernetesRole role, CancellationToken cancellationToken = default);

    /// <summary>Deletes a role; nothing happens when it is not there. Tokens that were issued live on, without being renewed.</summary>
    /// <exception cref="ArgumentException">Not a role's name.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task DeleteRoleAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The roles' names.</summary>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task<IReadOnlyList<string>> ListRolesAsync(CancellationToken cancellationToken = default);
}
