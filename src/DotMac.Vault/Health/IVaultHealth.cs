using DotMac.Vault.Client;

namespace DotMac.Vault.Health;

/// <summary>Whether Vault is up. https://developer.hashicorp.com/vault/api-docs/system/health</summary>
public interface IVaultHealth
{
    /// <summary>Asks the node that answers, without a token, and once. Sealed or not initialized is an answer, not an error.</summary>
    /// <exception cref="VaultException">Nobody answered, or not a Vault: <see cref="VaultErrorKind.Unreachable"/> or <see cref="VaultErrorKind.Unexpected"/>.</exception>
    Task<VaultHealth> ReadAsync(CancellationToken cancellationToken = default);
}
