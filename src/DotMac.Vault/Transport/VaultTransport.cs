using System.Net;
using System.Net.Http.Headers;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using Polly;
using Polly.Retry;

namespace DotMac.Vault.Transport;

/// <summary>Sends requests: address, headers, redirects of standbys, repetitions, deadlines.</summary>
internal sealed class VaultTransport : IDisposable
{
    private readonly HttpClient _http;
    private readonly VaultClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly Uri _address;
    private readonly ResiliencePipeline<VaultAnswer> _repeating;

    public VaultTransport(VaultClientOptions options, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _clock = clock;
        _address = new Uri(options.Address.AbsoluteUri.TrimEnd('/') + "/");

        // Each try brings its own deadline.
        _http = new HttpClient(handler ?? VaultHandlerFactory.Create(options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _repeating = Repeating(options, clock);
    }

    public TimeProvider Clock => _clock;

    public Uri Address => _address;

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request, again if it may be repeated and that may help; gives back whatever the answer is.</summary>
    /// <exception cref="VaultException">No answer.</exception>
    public async Task<VaultAnswer> SendAsync(VaultRequest request, VaultToken? token, CancellationToken cancellationToken) =>
        request.IsIdempotent && _options.MaximumRetries > 0
            ? await _repeating.ExecuteAsync(
                static async (state, cancel) => await state.Self.SendOnceAsync(state.request, state.token, cancel).ConfigureAwait(false),
                (Self: this, request, token),
                cancellationToken).ConfigureAwait(false)
            : await SendOnceAsync(request, token, cancellationToken).ConfigureAwait(false);

    /// <summary>Sends a request once, following the redirects of standbys.</summary>
    /// <exception cref="VaultException">No answer.</exception>
    public async Task<VaultAnswer> SendOnceAsync(VaultRequest request, VaultToken? token, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var target = new Uri(_address, request.Query is null ? request.Path : $"{request.Path}?{request.Query}");
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                using var message = Message(request, target, token);
                using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
                if (response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                {
                    target = Follow(request, target, response, redirects);
                    continue;
                }

                return new VaultAnswer(response.StatusCode, await ReadAsync(request, response, either.Token).ConfigureAwait(false), RetryAfter(response.Headers));
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw VaultErrors.Unreachable(request, target, $"nothing within {_options.RequestTimeout.TotalSeconds:0.#} s. Check that a network policy lets this through, and Vault's load.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The outer message says "see inner exception", and logs show only messages.
            var cause = e.GetBaseException();
            if (cause is VaultException known)
            {
                throw VaultErrors.Unreachable(request, target, known.Message);
            }

            var advice = e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
                ? "Check the certificate authority that is configured for Vault, and the names in Vault's certificate."
                : "Check Vault's address and pods, and that a network policy lets this through.";
            throw VaultErrors.Unreachable(request, target, $"{(ReferenceEquals(cause, e) ? e.Message : $"{e.Message} {cause.Message}")}. {advice}", e);
        }
    }

    private static ResiliencePipeline<VaultAnswer> Repeating(VaultClientOptions options, TimeProvider clock) =>
        options.MaximumRetries == 0
            ? ResiliencePipeline<VaultAnswer>.Empty
            : new ResiliencePipelineBuilder<VaultAnswer> { TimeProvider = clock }
                .AddRetry(new RetryStrategyOptions<VaultAnswer>
                {
                    MaxRetryAttempts = options.MaximumRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = options.RetryDelay,
                    MaxDelay = options.LongestRetryDelay,
                    ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
                    {
                        { Exception: VaultException { Kind: VaultErrorKind.Unreachable } } => true,
                        { Result: { } answer } => MayPass(answer) && !(answer.RetryAfter > options.LongestRetryDelay),
                        _ => false,
                    }),
                    DelayGenerator = static arguments => ValueTask.FromResult(
                        // Not all at the very moment that Vault named.
                        arguments.Outcome.Result?.RetryAfter is { } wait ? wait + (wait * (Random.Shared.NextDouble() * 0.2)) : (TimeSpan?)null),
                })
                .Build();

    // 501: not initialized, which no waiting cures.
    private static bool MayPass(VaultAnswer answer) => (int)answer.Code is 412 or 429 or >= 500 and not 501;

    private HttpRequestMessage Message(VaultRequest request, Uri target, VaultToken? token)
    {
        var message = new HttpRequestMessage(request.Method, target)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };

        // The handler takes the name that it checks, and sends as SNI, from here: what SslOptions say of it, it overwrites.
        message.Headers.Host = _options.TlsServerName;

        // Keeps Vault's agent and proxy from being used by what a browser or a redirect was talked into sending.
        message.Headers.Add("X-Vault-Request", "true");
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
        {
            message.Headers.Add("X-Vault-Token", token.Reveal());
        }

        if ((request.Namespace ?? _options.Namespace) is { Length: > 0 } vaultNamespace)
        {
            message.Headers.Add("X-Vault-Namespace", vaultNamespace);
        }

        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }

    // A standby names the active node. The token goes along, so the place must be no worse protected than the one we were told to trust.
    private Uri Follow(VaultRequest request, Uri from, HttpResponseMessage response, int redirects)
    {
        if (redirects >= _options.MaximumRedirects)
        {
            throw VaultErrors.Unexpected(
                request, null, $"more than {_options.MaximumRedirects} redirects: Vault's standbys send the request in circles. Check api_addr in the configuration of Vault's nodes.");
        }

        if (response.Headers.Location is not { } location)
        {
            throw VaultErrors.Unexpected(request, null, "a redirect without Location");
        }

        var target = new Uri(from, location);
        if (target.Scheme != Uri.UriSchemeHttps && (target.Scheme != from.Scheme || target.Scheme != Uri.UriSchemeHttp))
        {
            throw VaultErrors.Unexpected(
                request, null, $"Vault redirects from {from.Scheme} to {target.Scheme} at {target.Authority}, where the token must not go. Check api_addr in the configuration of Vault's nodes.");
        }

        return target.UserInfo.Length == 0
            ? target
            : throw VaultErrors.Unexpected(request, null, $"Vault redirects to an address with credentials in it, at {target.Authority}");
    }

    private async Task<byte[]> ReadAsync(VaultRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(_options.MaximumAnswerBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw VaultErrors.Unexpected(request, null, $"the answer is longer than {_options.MaximumAnswerBytes} bytes");
        }

        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
