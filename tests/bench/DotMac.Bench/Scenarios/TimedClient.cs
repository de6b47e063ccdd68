using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;

namespace DotMac.Bench.Scenarios;

/// <summary>A client that notes when each watch event had been parsed.</summary>
internal sealed class TimedClient(IKubernetesClient inner, Timestamps arrivals) : IKubernetesClient
{
    public string Namespace => inner.Namespace;

    public IResource<T> Resource<T>()
        where T : class, IKubernetesEntity => new TimedResource<T>(inner.Resource<T>(), arrivals);

    public IResource<T> Resource<T>(EntityType type)
        where T : class, IKubernetesEntity => new TimedResource<T>(inner.Resource<T>(type), arrivals);

    public Task<byte[]> GetRawAsync(string path, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default) =>
        inner.GetRawAsync(path, maximumBytes, cancellationToken);

    public Task<byte[]> PostRawAsync(string path, JsonNode body, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default) =>
        inner.PostRawAsync(path, body, maximumBytes, cancellationToken);

    public Task ReadStreamAsync(string path, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken = default) => inner.ReadStreamAsync(path, read, cancellationToken);
}
