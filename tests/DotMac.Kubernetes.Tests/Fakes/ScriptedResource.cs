using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>ConfigMaps of a server whose every answer the test scripts.</summary>
internal sealed class ScriptedResource : IResource<V1ConfigMap>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ScriptedWatch> _opened = Channel.CreateUnbounded<ScriptedWatch>();
    private readonly ConcurrentQueue<Func<ListOptions, ListResult<V1ConfigMap>>> _lists = new();
    private int _watches;

    public EntityType Type => EntityType.Of<V1ConfigMap>();

    /// <summary>The lists that were asked for.</summary>
    public ConcurrentQueue<ListOptions> Lists { get; } = new();

    /// <summary>The patches that were sent.</summary>
    public ConcurrentQueue<(ObjectKey Key, JsonNode Patch)> Patches { get; } = new();

    /// <summary>Answers patches.</summary>
    public Func<ObjectKey, JsonNode, V1ConfigMap>? OnPatch { get; set; }

    /// <summary>What a watch does by itself when it is opened; null leaves it to the test.</summary>
    public Action<ScriptedWatch>? OnWatch { get; set; }

    /// <summary>How many watches were asked for.</summary>
    public int Watches => Volatile.Read(ref _watches);

    public static ApiException Gone() =>
        new("WATCH", HttpStatusCode.Gone, new V1Status { Code = 410, Reason = "Expired", Message = "too old resource version" });

    /// <summary>The next list has these objects and this version.</summary>
    public ScriptedResource WillList(int version, params V1ConfigMap[] maps) =>
        WillList(_ => new ListResult<V1ConfigMap>(maps, version.ToString(CultureInfo.InvariantCulture), null));

    public ScriptedResource WillList(Func<ListOptions, ListResult<V1ConfigMap>> answer)
    {
        _lists.Enqueue(answer);
        return this;
    }

    /// <summary>The next watch that is opened.</summary>
    public async Task<ScriptedWatch> NextWatchAsync() => await _opened.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public Task<ListResult<V1ConfigMap>> ListAsync(ListOptions options, CancellationToken cancellationToken = default)
    {
        Lists.Enqueue(options);
        return _lists.TryDequeue(out var answer)
            ? Task.FromResult(answer(options))
            : Task.FromException<ListResult<V1ConfigMap>>(new HttpRequestException("the script has no further list"));
    }

    public async IAsyncEnumerable<WatchEvent<V1ConfigMap>> WatchAsync(
        ListOptions options, WatchOptions watch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _watches);
        watch.Opened?.Invoke();
        var scripted = new ScriptedWatch(options, watch);
        OnWatch?.Invoke(scripted);
        _opened.Writer.TryWrite(scripted);
        await foreach (var item in scripted.Reader.ReadAllAsync(cancellationToken))
        {
            yield return item;
        }
    }

    public Task<V1ConfigMap> PatchAsync(ObjectKey key, JsonNode patch, string? subresource = null, CancellationToken cancellationToken = default)
    {
        Patches.Enqueue((key, patch));
        try
        {
            return Task.FromResult((OnPatch ?? throw new NotSupportedException("the script has no patch"))(key, patch));
        }
        catch (ApiException e)
        {
            return Task.FromException<V1ConfigMap>(e);
        }
    }

    public Task<V1ConfigMap?> GetAsync(ObjectKey key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<V1ConfigMap> CreateAsync(V1ConfigMap entity, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<V1ConfigMap> UpdateAsync(V1ConfigMap entity, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<V1ConfigMap> ApplyAsync(V1ConfigMap entity, ApplyOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(ObjectKey key, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<V1ConfigMap> CreateAsync(V1ConfigMap entity, WriteOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<V1ConfigMap> PatchAsync(ObjectKey key, WriteOptions options, JsonNode patch, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
