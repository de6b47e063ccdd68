using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Client;

/// <summary>The API client: HTTP, JSON and nothing else. One instance serves a process.</summary>
public sealed class KubernetesClient : IKubernetesClient, IDisposable
{
    private readonly ApiTransport _transport;
    private readonly JsonSerializerOptions _json;

    /// <summary>A client for the configured server.</summary>
    /// <param name="configuration">Where the server is and who we are.</param>
    /// <param name="json">(De)serializers; custom resources need those of <see cref="KubernetesJson.Create"/>.</param>
    /// <param name="clock">For waits; the system's unless given.</param>
    public KubernetesClient(KubernetesClientConfiguration configuration, JsonSerializerOptions? json = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _transport = new ApiTransport(configuration, clock ?? TimeProvider.System);
        _json = json ?? KubernetesJson.Default;
        Namespace = configuration.Namespace;
    }

    internal KubernetesClient(KubernetesClientConfiguration configuration, HttpMessageInvoker shared, JsonSerializerOptions json, TimeProvider clock)
    {
        _transport = new ApiTransport(configuration, clock, shared);
        _json = json;
        Namespace = configuration.Namespace;
    }

    /// <inheritdoc />
    public string Namespace { get; }

    /// <inheritdoc />
    public IResource<T> Resource<T>()
        where T : class, IKubernetesEntity => Resource<T>(EntityType.Of<T>());

    /// <inheritdoc />
    public IResource<T> Resource<T>(EntityType type)
        where T : class, IKubernetesEntity => new ResourceClient<T>(_transport, type, _json);

    /// <inheritdoc />
    public Task<byte[]> GetRawAsync(string path, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default) =>
        SendRawAsync(HttpMethod.Get, path, null, "*/*", maximumBytes, cancellationToken);

    /// <inheritdoc />
    public Task<byte[]> PostRawAsync(string path, JsonNode body, int maximumBytes = 4 * 1024 * 1024, CancellationToken cancellationToken = default) =>
        SendRawAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body.ToJsonString(_json)), "application/json", maximumBytes, cancellationToken);

    /// <inheritdoc />
    public async Task ReadStreamAsync(string path, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var response = await _transport.SendAsync(HttpMethod.Get, path, null, null, cancellationToken, "*/*").ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await read(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _transport.Dispose();

    private async Task<byte[]> SendRawAsync(HttpMethod method, string path, byte[]? body, string accept, int maximumBytes, CancellationToken cancellationToken)
    {
        using var response = await _transport.SendAsync(method, path, body, null, cancellationToken, accept).ConfigureAwait(false);
        return await _transport.ReadBytesAsync(response, maximumBytes, cancellationToken).ConfigureAwait(false);
    }
}
