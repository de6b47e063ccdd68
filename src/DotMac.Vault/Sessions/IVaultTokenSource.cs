using DotMac.Vault.Client;
using DotMac.Vault.Secrets;

namespace DotMac.Vault.Sessions;

/// <summary>Where a client's token comes from.</summary>
public interface IVaultTokenSource
{
    /// <summary>The token to use now; logs in or renews if need be.</summary>
    /// <exception cref="VaultException">There is none to be had.</exception>
    ValueTask<VaultToken> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Told of a token that Vault refused; finds another one if this one is no good any more.</summary>
    /// <param name="refused">The token.</param>
    /// <param name="isUnknown">Whether Vault said that it does not know the token, and not only that permission is denied.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether <see cref="GetTokenAsync"/> now gives another one; false when the token is fine and permission is missing.</returns>
    /// <exception cref="VaultException">The token is no good and there is no other to be had.</exception>
    ValueTask<bool> ReplaceAsync(VaultToken refused, bool isUnknown, CancellationToken cancellationToken);
}
