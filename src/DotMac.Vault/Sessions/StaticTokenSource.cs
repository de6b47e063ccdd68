using DotMac.Vault.Secrets;

namespace DotMac.Vault.Sessions;

/// <summary>A token that somebody else looks after.</summary>
public sealed class StaticTokenSource(VaultToken token) : IVaultTokenSource
{
    private readonly VaultToken _token = token ?? throw new ArgumentNullException(nameof(token));

    /// <inheritdoc />
    public ValueTask<VaultToken> GetTokenAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_token);

    /// <inheritdoc />
    public ValueTask<bool> ReplaceAsync(VaultToken refused, bool isUnknown, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
