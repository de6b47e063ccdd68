using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Client;

/// <summary>The objects of one kind, on the API server.</summary>
/// <typeparam name="T">The kind.</typeparam>
public interface IResource<T>
    where T : class, IKubernetesEntity
{
    /// <summary>Where the server keeps them.</summary>
    EntityType Type { get; }

    /// <summary>Reads an object; null when it is not there.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    Task<T?> GetAsync(ObjectKey key, CancellationToken cancellationToken = default);

    /// <summary>Reads one page.</summary>
    /// <exception cref="ApiException">The server refused; <see cref="ApiException.IsGone"/> when a page token expired.</exception>
    Task<ListResult<T>> ListAsync(ListOptions options, CancellationToken cancellationToken = default);

    /// <summary>Creates an object.</summary>
    /// <returns>The object as stored.</returns>
    /// <exception cref="ApiException">The server refused; <see cref="ApiException.IsAlreadyExists"/> when the name is taken.</exception>
    Task<T> CreateAsync(T entity, CancellationToken cancellationToken = default);

    /// <summary>Creates an object, or only asks whether it could be.</summary>
    /// <returns>The object as stored, or as it would be.</returns>
    /// <exception cref="ApiException">The server refused; <see cref="ApiException.IsAlreadyExists"/> when the name is taken.</exception>
    Task<T> CreateAsync(T entity, WriteOptions options, CancellationToken cancellationToken = default);

    /// <summary>Replaces an object, provided that its resourceVersion is still the newest.</summary>
    /// <returns>The object as stored.</returns>
    /// <exception cref="ApiException">The server refused; <see cref="ApiException.IsConflict"/> when it was changed in between.</exception>
    Task<T> UpdateAsync(T entity, CancellationToken cancellationToken = default);

    /// <summary>Server-side apply: makes the fields that are sent so, creates the object if need be, leaves other fields alone.</summary>
    /// <returns>The object as stored.</returns>
    /// <exception cref="ApiException">The server refused.</exception>
    Task<T> ApplyAsync(T entity, ApplyOptions options, CancellationToken cancellationToken = default);

    /// <summary>JSON merge patch (RFC 7396).</summary>
    /// <param name="key">The object.</param>
    /// <param name="patch">What changes; a <c>metadata.resourceVersion</c> in it makes the patch conditional.</param>
    /// <param name="subresource"><c>status</c>, for example; null for the object itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as stored.</returns>
    /// <exception cref="ApiException">The server refused.</exception>
    Task<T> PatchAsync(ObjectKey key, JsonNode patch, string? subresource = null, CancellationToken cancellationToken = default);

    /// <summary>JSON merge patch (RFC 7396) of the object itself, or only the question whether it could be.</summary>
    /// <param name="key">The object.</param>
    /// <param name="options">How.</param>
    /// <param name="patch">What changes; a <c>metadata.resourceVersion</c> in it makes the patch conditional.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as stored, or as it would be.</returns>
    /// <exception cref="ApiException">The server refused; <see cref="ApiException.IsConflict"/> when it was changed in between.</exception>
    Task<T> PatchAsync(ObjectKey key, WriteOptions options, JsonNode patch, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object; false when it was not there.</summary>
    /// <exception cref="ApiException">The server refused; <see cref="ApiException.IsConflict"/> when a precondition failed.</exception>
    Task<bool> DeleteAsync(ObjectKey key, DeleteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Streams changes until the server closes, the connection breaks or nothing came for the idle timeout.</summary>
    /// <exception cref="ApiException">The server refused, at once or in the stream; <see cref="ApiException.IsGone"/> asks for a new list.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="TimeoutException">Nothing came for the idle timeout.</exception>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        ListOptions options,
        WatchOptions watch,
        CancellationToken cancellationToken = default);
}
