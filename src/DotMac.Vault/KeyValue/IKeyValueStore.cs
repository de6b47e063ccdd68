using DotMac.Vault.Client;
using DotMac.Vault.Secrets;

namespace DotMac.Vault.KeyValue;

/// <summary>
/// A key-value engine, version 2. Paths are those of secrets, <c>tenants/acme/twilio</c>: without the mount, and without <c>data/</c>.
/// https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
/// </summary>
public interface IKeyValueStore
{
    /// <summary>Reads a secret with its values. Needs <c>read</c> on <c>data/</c>.</summary>
    /// <param name="path">The secret.</param>
    /// <param name="version">The version; the newest unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The secret, maybe deleted; null when there is, and was, none.</returns>
    /// <exception cref="ArgumentException">Not a path.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there; <see cref="VaultErrorKind.NotFound"/> when the engine is not there.</exception>
    Task<KeyValueSecret?> ReadAsync(string path, int? version = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a new version with exactly these fields. Needs <c>create</c> or <c>update</c> on <c>data/</c>. Without
    /// <paramref name="checkAndSet"/> it is not repeated when the connection breaks: it might be there twice.</summary>
    /// <param name="path">The secret.</param>
    /// <param name="fields">Key and value.</param>
    /// <param name="checkAndSet">The version that must be the newest, 0 when there must be none; null to write whatever is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version written.</returns>
    /// <exception cref="ArgumentException">Not a path.</exception>
    /// <exception cref="VaultException">Vault refused; <see cref="VaultErrorKind.Conflict"/> when <paramref name="checkAndSet"/> failed.</exception>
    Task<KeyValueVersion> WriteAsync(
        string path,
        IReadOnlyDictionary<string, SecretValue> fields,
        int? checkAndSet = null,
        CancellationToken cancellationToken = default);

    /// <summary>Which keys a secret has, without reading their values. Needs <c>read</c> on <c>subkeys/</c>; Vault 1.10 or newer, or OpenBao.</summary>
    /// <param name="path">The secret.</param>
    /// <param name="version">The version; the newest unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The keys, none when it was deleted; null when there is, and was, no such secret.</returns>
    /// <exception cref="ArgumentException">Not a path.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task<KeyValueSubkeys?> ReadSubkeysAsync(string path, int? version = null, CancellationToken cancellationToken = default);

    /// <summary>Reads what is noted about a secret. Needs <c>read</c> on <c>metadata/</c>.</summary>
    /// <returns>The metadata; null when there is no such secret.</returns>
    /// <exception cref="ArgumentException">Not a path.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task<KeyValueMetadata?> ReadMetadataAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Deletes the newest version; it can be brought back. Needs <c>delete</c> on <c>data/</c>.</summary>
    /// <exception cref="ArgumentException">Not a path.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task DeleteAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Deletes a secret with all its versions, for good. Nothing happens when there is none. Needs <c>delete</c> on <c>metadata/</c>.</summary>
    /// <exception cref="ArgumentException">Not a path.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task DeleteMetadataAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Lists what is directly below a path: secrets, and folders with a slash at their end. Needs <c>list</c> on <c>metadata/</c>.</summary>
    /// <param name="path">The folder, without a slash at its end; empty for the engine's root.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">Not a path.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task<IReadOnlyList<string>> ListAsync(string path = "", CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes versions of a secret so that they can be undone, and leaves the others: <c>POST …/delete/…</c>. Needs the capability update there. Versions
    /// that are not there are not missed.
    /// </summary>
    /// <param name="path">The secret.</param>
    /// <param name="versions">The numbers of the versions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    Task DeleteVersionsAsync(string path, IReadOnlyList<int> versions, CancellationToken cancellationToken = default);
}
