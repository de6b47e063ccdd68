using DotMac.Vault.Client;
using DotMac.Vault.Secrets;

namespace DotMac.Vault.Tokens;

/// <summary>What a token may do to itself. https://developer.hashicorp.com/vault/api-docs/auth/token</summary>
public interface IVaultTokens
{
    /// <summary>What Vault knows of the token.</summary>
    /// <param name="token">The token; the client's own unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VaultException">Vault refused: <see cref="VaultErrorKind.Forbidden"/> for a token that is none any more.</exception>
    Task<VaultTokenInfo> LookupSelfAsync(VaultToken? token = null, CancellationToken cancellationToken = default);

    /// <summary>Lets the token live longer.</summary>
    /// <param name="increment">How long from now on; as Vault sees fit unless given. Vault gives less near the token's greatest age.</param>
    /// <param name="token">The token; the client's own unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VaultException">Vault refused: the token cannot be renewed, or is none any more.</exception>
    Task<VaultLogin> RenewSelfAsync(TimeSpan? increment = null, VaultToken? token = null, CancellationToken cancellationToken = default);

    /// <summary>Ends the token, and what was issued with it.</summary>
    /// <param name="token">The token; the client's own unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task RevokeSelfAsync(VaultToken? token = null, CancellationToken cancellationToken = default);
}
