using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>How one process reaches a <see cref="LeaseServer"/>.</summary>
internal sealed class LeaseConnection(LeaseServer server) : IResource<V1Lease>
{
    public EntityType Type => EntityType.Of<V1Lease>();

    /// <summary>What was asked: get, create, update; with what, for writes.</summary>
    public ConcurrentQueue<(string Verb, V1Lease? Lease)> Calls { get; } = new();

    public IEnumerable<V1Lease> Writes => Calls.Where(static c => c.Lease is not null).Select(static c => c.Lease!);

    /// <summary>Thrown instead of an answer, by verb; null for an answer.</summary>
    public Func<string, Exception?> Trouble { get; set; } = static _ => null;

    /// <summary>Says nothing at all, and does not care that nobody waits any more.</summary>
    public bool Frozen { get; set; }

    /// <summary>Called before a write reaches the server.</summary>
    public Action? BeforeWrite { get; set; }

    public Task<V1Lease?> GetAsync(ObjectKey key, CancellationToken cancellationToken = default) => Answer("get", null, _ => server.Lease);

    public async Task<V1Lease> CreateAsync(V1Lease entity, CancellationToken cancellationToken = default) =>
        (await Answer("create", entity, e => server.Create(e!)))!;

    public async Task<V1Lease> UpdateAsync(V1Lease entity, CancellationToken cancellationToken = default) =>
        (await Answer("update", entity, e => server.Update(e!)))!;

    public Task<ListResult<V1Lease>> ListAsync(ListOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<V1Lease> ApplyAsync(V1Lease entity, ApplyOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<V1Lease> PatchAsync(ObjectKey key, JsonNode patch, string? subresource = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(ObjectKey key, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<WatchEvent<V1Lease>> WatchAsync(ListOptions options, WatchOptions watch, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private Task<V1Lease?> Answer(string verb, V1Lease? lease, Func<V1Lease?, V1Lease?> answer)
    {
        Calls.Enqueue((verb, lease));
        if (Frozen)
        {
            return new TaskCompletionSource<V1Lease?>().Task;
        }

        if (Trouble(verb) is { } trouble)
        {
            return Task.FromException<V1Lease?>(trouble);
        }

        if (lease is not null)
        {
            BeforeWrite?.Invoke();
        }

        try
        {
            return Task.FromResult(answer(lease));
        }
        catch (ApiException e)
        {
            return Task.FromException<V1Lease?>(e);
        }
    }

    public Task<V1Lease> CreateAsync(V1Lease entity, WriteOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<V1Lease> PatchAsync(ObjectKey key, WriteOptions options, JsonNode patch, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
