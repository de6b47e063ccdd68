using System.Net.Http.Headers;
using System.Text.Json;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Client;

/// <summary>
/// Clients that speak for others, each with a token of theirs, over connections that prove nothing by themselves: the server would take a
/// client certificate for who asks, whatever token comes with the request.
/// </summary>
public sealed class CallerClients : IDisposable
{
    private readonly KubernetesClientConfiguration _configuration;
    private readonly HttpMessageInvoker _http;
    private readonly JsonSerializerOptions _json;
    private readonly TimeProvider _clock;

    /// <summary>Clients for a server.</summary>
    /// <param name="configuration">Where it is; its credentials are not used.</param>
    /// <param name="json">(De)serializers; those of the kinds of this library unless given.</param>
    /// <param name="clock">For waits; the system's unless given.</param>
    public CallerClients(KubernetesClientConfiguration configuration, JsonSerializerOptions? json = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _configuration = configuration with { Credentials = new StaticCredentials(null, null) };
        _http = new HttpMessageInvoker(ApiHandlerFactory.Create(_configuration), disposeHandler: true);
        _json = json ?? KubernetesJson.Default;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>A client of whoever has this token. It need not be disposed.</summary>
    /// <param name="token">A bearer token.</param>
    public IKubernetesClient As(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        return new KubernetesClient(
            _configuration with { Credentials = new StaticCredentials(new AuthenticationHeaderValue("Bearer", token), null) }, _http, _json, _clock);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
