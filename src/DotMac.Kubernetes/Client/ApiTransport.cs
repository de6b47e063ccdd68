using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Diagnostics;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Client;

/// <summary>Sends requests: address, credentials, the server's wish to be asked later, errors, metrics.</summary>
internal sealed class ApiTransport : IDisposable
{
    private const int MaximumTries = 6;
    private const int MaximumErrorBytes = 64 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly HttpMessageInvoker? _shared;
    private readonly Func<HttpMessageInvoker> _newHttp;
    private readonly List<HttpMessageInvoker> _retired = [];
    private readonly ICredentialSource _credentials;
    private readonly TimeProvider _clock;
    private readonly Uri _host;
    private readonly Action? _beforeWrite;
    private readonly string _userAgent;
    private readonly string? _serverName;
    private volatile HttpMessageInvoker _http;
    private X509Certificate2? _certificate;

    public ApiTransport(KubernetesClientConfiguration configuration, TimeProvider clock, HttpMessageInvoker? shared = null)
    {
        _shared = shared;
        _clock = clock;
        _host = new Uri(configuration.Host.AbsoluteUri.TrimEnd('/') + "/");
        _credentials = configuration.Credentials;
        _beforeWrite = configuration.BeforeWrite;
        _userAgent = configuration.UserAgent;
        _serverName = configuration.TlsServerName;

        // Not an HttpClient: watches last for minutes and each request brings its own deadline, so that a client's own would only cost.
        _newHttp = shared is null ? () => new HttpMessageInvoker(ApiHandlerFactory.Create(configuration), disposeHandler: true) : () => shared;
        _http = _newHttp();
        RequestTimeout = configuration.RequestTimeout;
    }

    public TimeSpan RequestTimeout { get; }

    public void Dispose()
    {
        if (_shared is not null)
        {
            // Whoever shares it goes on.
            return;
        }

        _http.Dispose();
        _retired.ForEach(static http => http.Dispose());
    }

    /// <summary>Sends a request and gives back the headers of a successful answer; the caller reads the body and disposes.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query below the server's address.</param>
    /// <param name="body">JSON, or null.</param>
    /// <param name="contentType">The body's type; JSON unless said otherwise.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="accept">The type asked for; JSON unless said otherwise.</param>
    /// <exception cref="ApiException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        byte[]? body,
        string? contentType,
        CancellationToken cancellationToken,
        string accept = "application/json")
    {
        var refreshed = false;
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, new Uri(_host, path))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            };
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);

            // The handler takes the name that the certificate must bear from here, whatever its own options say.
            request.Headers.Host = _serverName;
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType ?? "application/json");
            }

            var token = await _credentials.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            if (token is not null)
            {
                request.Headers.Authorization = token;
            }

            UseCertificate(anew: refreshed);
            var http = _http;

            // As late as can be: the token may have taken its time, and so may the wait before.
            if (method != HttpMethod.Get)
            {
                _beforeWrite?.Invoke();
            }

            var response = await SendOnceAsync(http, request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                // A token may have expired or been rotated a moment ago: ask its source for a fresh one, once. So may a certificate.
                if (response.StatusCode == HttpStatusCode.Unauthorized && !refreshed
                    && (_credentials.Invalidate(token) || IsOutdated() || http != _http))
                {
                    refreshed = true;
                    continue;
                }

                var retryAfter = RetryAfter(response.Headers);
                var askedToWait = response.StatusCode == HttpStatusCode.TooManyRequests
                    || (response.StatusCode == HttpStatusCode.ServiceUnavailable && retryAfter is not null);
                if (!askedToWait || attempt >= MaximumTries || retryAfter > LongestWait)
                {
                    throw await ErrorAsync(request, response, retryAfter, cancellationToken).ConfigureAwait(false);
                }

                // "At once" is no wish to be stormed.
                var wait = retryAfter ?? TimeSpan.FromSeconds(1);
                var least = ShortestWait * (1 << (attempt - 1));
                wait = wait > least ? wait : least;
                await Task.Delay(wait + (wait * (Random.Shared.NextDouble() * 0.2)), _clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the body of an answer, within the time that a request may take.</summary>
    /// <exception cref="TimeoutException">The body did not come.</exception>
    public async Task<T> ReadAsync<T>(
        HttpResponseMessage response,
        Func<HttpContent, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RequestTimeout);
        try
        {
            return await read(response.Content, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var request = response.RequestMessage;
            throw new TimeoutException(
                $"{request?.Method} {request?.RequestUri?.AbsolutePath}: the answer was not complete within {RequestTimeout.TotalSeconds:0} s", e);
        }
    }

    /// <summary>Reads the body of an answer as it is, within the time that a request may take.</summary>
    /// <exception cref="TimeoutException">The body did not come.</exception>
    /// <exception cref="HttpRequestException">It is longer.</exception>
    public Task<byte[]> ReadBytesAsync(HttpResponseMessage response, int maximumBytes, CancellationToken cancellationToken) => ReadAsync(
        response,
        async (content, token) =>
        {
            await content.LoadIntoBufferAsync(maximumBytes, token).ConfigureAwait(false);
            return await content.ReadAsByteArrayAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    // Which certificate the connections of now were, at the latest, made with.
    private bool IsOutdated() => _credentials.GetCertificate() is { } certificate && !ReferenceEquals(certificate, Volatile.Read(ref _certificate));

    // The server knows who we are by certificate from the connection: another certificate takes another connection. The old ones are left
    // to the watches that still go on there, and close themselves when idle.
    private void UseCertificate(bool anew)
    {
        if ((!anew && Volatile.Read(ref _certificate) is not null) || !IsOutdated())
        {
            return;
        }

        lock (_gate)
        {
            if (_certificate is not null && IsOutdated())
            {
                _retired.Add(_http);
                _http = _newHttp();
            }

            _certificate = _credentials.GetCertificate();
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private async Task<ApiException> ErrorAsync(
        HttpRequestMessage request,
        HttpResponseMessage response,
        TimeSpan? retryAfter,
        CancellationToken cancellationToken)
    {
        V1Status? status = null;
        var text = string.Empty;
        try
        {
            var bytes = await ReadBytesAsync(response, MaximumErrorBytes, cancellationToken).ConfigureAwait(false);
            text = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 512)));
            status = JsonSerializer.Deserialize(bytes, KubernetesJsonContext.Default.V1Status);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException or TimeoutException)
        {
            // A proxy in between answers in its own words; the status code still counts.
        }

        if (string.IsNullOrEmpty(status?.Message))
        {
            status = new V1Status { Code = (int)response.StatusCode, Reason = status?.Reason, Message = text.Trim() };
        }

        return new ApiException(
            $"{request.Method} {request.RequestUri!.AbsolutePath}",
            response.StatusCode,
            status,
            retryAfter ?? (status.Details?.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var activity = KubernetesActivity.StartRequest(request.Method.Method, request.RequestUri!);

        // The deadline covers the headers; bodies have their own.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RequestTimeout);
        var code = "<error>";
        try
        {
            var response = await http.SendAsync(request, deadline.Token).ConfigureAwait(false);
            code = KubernetesMetrics.CodeText(response.StatusCode);
            activity?.SetTag("http.response.status_code", (int)response.StatusCode);
            return response;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, "timeout");
            throw new HttpRequestException(
                $"{request.Method} {request.RequestUri!.AbsolutePath}: no answer from the API server within {RequestTimeout.TotalSeconds:0} s", e);
        }
        catch (HttpRequestException e) when (e.InnerException is not null)
        {
            // The outer message says "see inner exception", and logs show only messages.
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw new HttpRequestException(
                e.HttpRequestError, $"{request.Method} {request.RequestUri!.AbsolutePath}: {e.Message} {e.GetBaseException().Message}", e, e.StatusCode);
        }
        catch (SocketException e)
        {
            // A connection that is reset the moment it is made: the handler looks at its address then, and lets this through as it is.
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw new HttpRequestException(
                HttpRequestError.ConnectionError, $"{request.Method} {request.RequestUri!.AbsolutePath}: {e.Message}", e);
        }
        finally
        {
            KubernetesMetrics.CountRequest(code, request.Method.Method, _host.Authority);
        }
    }
}
