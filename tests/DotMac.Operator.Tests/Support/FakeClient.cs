using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Testing.Logging;

namespace DotMac.Operator.Tests.Support;

/// <summary>A client of a server that the test scripts, and the informers that read from it.</summary>
internal sealed class FakeClient : IKubernetesClient, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(Type Form, EntityType Type), object> _resources = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public FakeClient() => Informers = new SharedInformerFactory(this, new TestLogger<SharedInformerFactory>());

    public SharedInformerFactory Informers { get; }

    public string Namespace => "dotmac-system";

    /// <summary>Answers to raw requests, by path; one that is missing is not found.</summary>
    public Dictionary<string, Func<byte[]>> Raw { get; } = [];

    public FakeResource<T> Fake<T>()
        where T : class, IKubernetesEntity => Fake<T>(EntityType.Of<T>());

    public FakeResource<T> Fake<T>(EntityType type)
        where T : class, IKubernetesEntity => (FakeResource<T>)_resources.GetOrAdd((typeof(T), type), _ => new FakeResource<T>(type));

    /// <summary>The children of a kind.</summary>
    public FakeResource<Unstructured> Children<T>()
        where T : class, IKubernetesEntity => Fake<Unstructured>(EntityType.Of<T>());

    public IResource<T> Resource<T>()
        where T : class, IKubernetesEntity => Fake<T>();

    public IResource<T> Resource<T>(EntityType type)
        where T : class, IKubernetesEntity => Fake<T>(type);

    /// <summary>Answers to posts, by path.</summary>
    public Dictionary<string, Func<JsonNode, JsonNode>> Posts { get; } = [];

    public Task<byte[]> PostRawAsync(string path, JsonNode body, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default)
    {
        try
        {
            return Posts.TryGetValue(path, out var answer)
                ? Task.FromResult(System.Text.Encoding.UTF8.GetBytes(answer(body).ToJsonString()))
                : Task.FromException<byte[]>(new ApiException($"POST {path}", System.Net.HttpStatusCode.NotFound, new V1Status { Message = "not found" }));
        }
        catch (ApiException e)
        {
            return Task.FromException<byte[]>(e);
        }
    }

    public Task<byte[]> GetRawAsync(string path, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default)
    {
        try
        {
            return Raw.TryGetValue(path, out var answer)
                ? Task.FromResult(answer())
                : Task.FromException<byte[]>(new ApiException($"GET {path}", System.Net.HttpStatusCode.NotFound, new V1Status { Message = "not found" }));
        }
#pragma warning disable CA1031 // Whatever the script throws is the answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Task.FromException<byte[]>(e);
        }
    }

    /// <summary>Lists everything that informers were asked for, and goes on watching.</summary>
    public async Task SyncAsync()
    {
        _running = Task.WhenAll([_running, .. Informers.Informers.Select(informer => informer.RunAsync(_stop.Token))]);
        await Task.WhenAll(Informers.Informers.Select(static informer => informer.Synced)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(30));
        _stop.Dispose();
    }

    public Task ReadStreamAsync(string path, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
