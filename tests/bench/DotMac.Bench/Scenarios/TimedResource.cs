using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;

namespace DotMac.Bench.Scenarios;

/// <summary>A resource that notes when each watch event had been parsed.</summary>
internal sealed class TimedResource<T>(IResource<T> inner, Timestamps arrivals) : IResource<T>
    where T : class, IKubernetesEntity
{
    public EntityType Type => inner.Type;

    public Task<T?> GetAsync(ObjectKey key, CancellationToken cancellationToken = default) => inner.GetAsync(key, cancellationToken);

    public Task<ListResult<T>> ListAsync(ListOptions options, CancellationToken cancellationToken = default) => inner.ListAsync(options, cancellationToken);

    public Task<T> CreateAsync(T entity, CancellationToken cancellationToken = default) => inner.CreateAsync(entity, cancellationToken);

    public Task<T> UpdateAsync(T entity, CancellationToken cancellationToken = default) => inner.UpdateAsync(entity, cancellationToken);

    public Task<T> ApplyAsync(T entity, ApplyOptions options, CancellationToken cancellationToken = default) => inner.ApplyAsync(entity, options, cancellationToken);

    public Task<T> PatchAsync(ObjectKey key, JsonNode patch, string? subresource = null, CancellationToken cancellationToken = default) =>
        inner.PatchAsync(key, patch, subresource, cancellationToken);

    public Task<bool> DeleteAsync(ObjectKey key, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.DeleteAsync(key, options, cancellationToken);

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        ListOptions options,
        WatchOptions watch,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in inner.WatchAsync(options, watch, cancellationToken))
        {
            arrivals.Stamp(item.Object.Metadata.ResourceVersion);
            yield return item;
        }
    }

    public Task<T> CreateAsync(T entity, WriteOptions options, CancellationToken cancellationToken = default) => inner.CreateAsync(entity, options, cancellationToken);

    public Task<T> PatchAsync(ObjectKey key, WriteOptions options, JsonNode patch, CancellationToken cancellationToken = default) => inner.PatchAsync(key, options, patch, cancellationToken);
}
