using DotMac.Admin.Configuration;
using DotMac.Admin.Problems;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;

namespace DotMac.Admin.Secrets;

/// <summary>Keeps secrets in Vault, with a role that may create and update there and never read.</summary>
/// <param name="vault">Vault; null when there is none.</param>
/// <param name="options">Where in it.</param>
/// <param name="logger">Told of what could not be taken back.</param>
internal sealed class VaultSecretStore(IVaultClient? vault, AdminVaultOptions options, ILogger<VaultSecretStore> logger) : ISecretStore
{
    /// <inheritdoc />
    public bool IsAvailable => vault is not null;

    /// <inheritdoc />
    public async Task<StoredSecret> WriteAsync(string tenant, string path, IReadOnlyDictionary<string, SecretValue> fields, CancellationToken cancellationToken)
    {
        var whole = $"{options.PathPrefix.Replace("{tenant}", tenant, StringComparison.Ordinal)}/{path}";
        try
        {
            // Nothing may be there: what is in use is never written over, so that a rollback finds the secrets of its time.
            var version = await Store.WriteAsync(whole, fields, checkAndSet: 0, cancellationToken);
            return new StoredSecret(whole, version.Number);
        }
        catch (VaultException e)
        {
            throw e.IsTransient || e.Kind == VaultErrorKind.NoCredentials
                ? Refuse.Unavailable($"the secrets could not be kept, and nothing was changed: {e.Message}", e.RetryAfter)
                : Refuse.Upstream($"the secrets could not be kept, and nothing was changed: {e.Message}. The service's role in Vault needs config/vault/admin-policy.hcl");
        }
    }

    /// <inheritdoc />
    public async Task TakeBackAsync(StoredSecret secret, CancellationToken cancellationToken)
    {
        try
        {
            await Store.DeleteVersionsAsync(secret.Path, [secret.Version], cancellationToken);
        }
        catch (Exception e) when (e is VaultException or OperationCanceledException)
        {
            logger.LogWarning("Secrets at {Path} belong to nothing and could not be taken back; delete them by hand: {Reason}", secret.Path, e.Message);
        }
    }

    private DotMac.Vault.KeyValue.IKeyValueStore Store => vault!.KeyValue(options.Mount);
}
