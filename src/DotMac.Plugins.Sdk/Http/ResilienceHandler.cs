using System.Net;
using DotMac.Plugins.Sdk.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DotMac.Plugins.Sdk.Http;

/// <summary>A limit of concurrency around retry around circuit breaker around time limit, and their failures in the SDK's words.</summary>
internal sealed class ResilienceHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> RequestKey = new("request");
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly PluginHttpClientOptions _options;
    private readonly Upstream _upstream;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _turns;

    /// <summary>Puts the pipeline around a handler.</summary>
    public ResilienceHandler(PluginHttpClientOptions options, Upstream upstream, TimeProvider timeProvider, HttpMessageHandler inner)
        : base(inner)
    {
        _options = options;
        _upstream = upstream;
        _timeProvider = timeProvider;
        _turns = new SemaphoreSlim(options.MaxConcurrency);
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = timeProvider };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(Retry(options, timeProvider));
        }

        _pipeline = builder.AddCircuitBreaker(Breaker(options, upstream)).AddTimeout(options.TryTimeout).Build();
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            // A retry sends the same content again, so it must not be a stream that was read to its end.
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        NameOnce(request);
        await _turns.WaitAsync(cancellationToken);
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await _pipeline.ExecuteAsync(static async (context, state) => await state.Handler.TryAsync(state.Request, context.CancellationToken), context, (Handler: this, Request: request));
        }
        catch (BrokenCircuitException exception)
        {
            throw new VendorUnavailableException(
                $"{_options.Vendor} failed too often just now, so it is left alone for a moment.", exception.RetryAfter ?? _options.BreakDuration, exception);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new VendorTimeoutException($"{_options.Vendor} did not answer within {_options.TryTimeout.TotalSeconds:0.#} s.", exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new VendorException($"{_options.Vendor} answered more than {_options.MaxAnswerBytes} bytes; ask for less.", innerException: exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new VendorUnavailableException($"{_options.Vendor} cannot be reached ({RetryRules.Name(exception)}).", innerException: exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _turns.Dispose();
        }

        base.Dispose(disposing);
    }

    private static RetryStrategyOptions<HttpResponseMessage> Retry(PluginHttpClientOptions options, TimeProvider timeProvider) => new()
    {
        MaxRetryAttempts = options.MaxRetries,
        Delay = options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = arguments => ValueTask.FromResult(
            RetryRules.ShouldRetry(
                arguments.Context.Properties.GetValue(RequestKey, null!), arguments.Outcome.Result, arguments.Outcome.Exception)
            && !(WaitAskedFor(arguments.Outcome.Result, timeProvider) > options.MaxRetryAfter)),
        DelayGenerator = arguments => ValueTask.FromResult(WaitAskedFor(arguments.Outcome.Result, timeProvider)),
        OnRetry = arguments =>
        {
            arguments.Outcome.Result?.Dispose();
            return ValueTask.CompletedTask;
        },
    };

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(PluginHttpClientOptions options, Upstream upstream) => new()
    {
        FailureRatio = 0.5,
        MinimumThroughput = options.BreakerThroughput,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = options.BreakDuration,
        StateProvider = upstream.Circuit,

        // A rate limit is an answer, and its Retry-After says more than a breaker can.
        ShouldHandle = arguments => ValueTask.FromResult(
            arguments.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests
            && RetryRules.IsTransient(arguments.Outcome.Result, arguments.Outcome.Exception)),
    };

    private static TimeSpan? WaitAskedFor(HttpResponseMessage? response, TimeProvider timeProvider) =>
        response is null ? null : RetryRules.RetryAfter(response, timeProvider.GetUtcNow());

    // The same key for all tries of one request: that is what makes repeating it harmless.
    private void NameOnce(HttpRequestMessage request)
    {
        if (_options.IdempotencyHeader is { } header && (request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch))
        {
            if (!request.Headers.Contains(header))
            {
                request.Headers.Add(header, Guid.NewGuid().ToString());
            }

            request.Options.Set(RetryRules.IsIdempotent, true);
        }
    }

    // The answer is read whole within the try: a body that stalls or breaks off is a failure of the vendor like any other.
    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long start = _timeProvider.GetTimestamp();
        bool failed = true;
        HttpResponseMessage? response = null;
        _upstream.Calls.Begin();
        try
        {
            response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(_options.MaxAnswerBytes, cancellationToken);
            _upstream.Answered(response.StatusCode);
            failed = RetryRules.IsTransient(response, null);
            return response;
        }
        catch (Exception exception)
        {
            response?.Dispose();
            if (exception is HttpRequestException or IOException)
            {
                _upstream.Failed($"it could not be reached ({RetryRules.Name(exception)})");
            }
            else if (exception is OperationCanceledException && _timeProvider.GetElapsedTime(start) >= _options.TryTimeout)
            {
                _upstream.Failed($"it did not answer within {_options.TryTimeout.TotalSeconds:0.#} s");
            }
            else
            {
                // The caller went away: that says nothing of the vendor.
                failed = exception is not OperationCanceledException;
            }

            throw;
        }
        finally
        {
            _upstream.Calls.End(_timeProvider.GetElapsedTime(start), failed);
        }
    }
}
