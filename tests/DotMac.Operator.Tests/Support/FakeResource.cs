using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Tests.Support;

/// <summary>Objects of one kind on a server that remembers what it was asked and answers as the test says.</summary>
internal sealed class FakeResource<T>(EntityType type) : IResource<T>
    where T : class, IKubernetesEntity
{
    private readonly Channel<WatchEvent<T>> _events = Channel.CreateUnbounded<WatchEvent<T>>();

    public EntityType Type => type;

    /// <summary>What lists hold.</summary>
    public List<T> Items { get; } = [];

    public ConcurrentQueue<ListOptions> Lists { get; } = new();

    public ConcurrentQueue<(T Entity, ApplyOptions Options)> Applied { get; } = new();

    public ConcurrentQueue<(ObjectKey Key, JsonNode Patch, string? Subresource)> Patches { get; } = new();

    public ConcurrentQueue<(ObjectKey Key, DeleteOptions? Options)> Deletes { get; } = new();

    public Func<T, T> OnApply { get; set; } = static entity => entity;

    public Func<ObjectKey, JsonNode, T>? OnPatch { get; set; }

    public static ApiException Refusal(HttpStatusCode code, string message) => new("PATCH", code, new V1Status { Code = (int)code, Message = message });

    public void Send(WatchEventType kind, T entity) => _events.Writer.TryWrite(new WatchEvent<T>(kind, entity));

    public Task<ListResult<T>> ListAsync(ListOptions options, CancellationToken cancellationToken = default)
    {
        Lists.Enqueue(options);
        return Task.FromResult(new ListResult<T>([.. Items], "100", null));
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        ListOptions options, WatchOptions watch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in _events.Reader.ReadAllAsync(cancellationToken))
        {
            yield return item;
        }
    }

    public Task<T> ApplyAsync(T entity, ApplyOptions options, CancellationToken cancellationToken = default)
    {
        Applied.Enqueue((entity, options));
        return Answer(() => OnApply(entity));
    }

    public Task<T> PatchAsync(ObjectKey key, JsonNode patch, string? subresource = null, CancellationToken cancellationToken = default)
    {
        Patches.Enqueue((key, patch, subresource));
        return Answer(() => (OnPatch ?? throw new NotSupportedException("the script has no patch"))(key, patch));
    }

    public Task<bool> DeleteAsync(ObjectKey key, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Deletes.Enqueue((key, options));
        Items.RemoveAll(item => ObjectKey.Of(item) == key);
        return Task.FromResult(true);
    }

    public Task<T?> GetAsync(ObjectKey key, CancellationToken cancellationToken = default) => Task.FromResult(Items.Find(item => ObjectKey.Of(item) == key));

    public Task<T> CreateAsync(T entity, CancellationToken cancellationToken = default)
    {
        if (Items.Exists(item => ObjectKey.Of(item) == ObjectKey.Of(entity)))
        {
            throw new ApiException("POST", HttpStatusCode.Conflict, new V1Status { Code = 409, Reason = "AlreadyExists" });
        }

        Items.Add(entity);
        return Task.FromResult(entity);
    }

    public Task<T> UpdateAsync(T entity, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private static Task<T> Answer(Func<T> answer)
    {
        try
        {
            return Task.FromResult(answer());
        }
        catch (ApiException e)
        {
            return Task.FromException<T>(e);
        }
    }

    public Task<T> CreateAsync(T entity, WriteOptions options, CancellationToken cancellationToken = default) => CreateAsync(entity, cancellationToken);

    public Task<T> PatchAsync(ObjectKey key, WriteOptions options, JsonNode patch, CancellationToken cancellationToken = default) => PatchAsync(key, patch, subresource: null, cancellationToken);
}
