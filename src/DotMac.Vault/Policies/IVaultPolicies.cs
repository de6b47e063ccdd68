using DotMac.Vault.Client;

namespace DotMac.Vault.Policies;

/// <summary>Access-control policies. https://developer.hashicorp.com/vault/api-docs/system/policies</summary>
public interface IVaultPolicies
{
    /// <summary>Reads a policy's text as it was written; null when there is none.</summary>
    /// <exception cref="ArgumentException">Not a policy's name.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task<string?> ReadAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Creates or replaces a policy; tokens that have it feel it at once. Vault keeps names in lower case.</summary>
    /// <param name="name">The policy.</param>
    /// <param name="policy">Its text, HCL or JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">Not a policy's name.</exception>
    /// <exception cref="VaultException">Vault refused: <see cref="VaultErrorKind.BadRequest"/> for a text that it does not understand.</exception>
    Task WriteAsync(string name, string policy, CancellationToken cancellationToken = default);

    /// <summary>Deletes a policy; nothing happens when there is none.</summary>
    /// <exception cref="ArgumentException">Not a policy's name.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task DeleteAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The policies' names.</summary>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default);
}
