using DotMac.Plugins.Sdk.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DotMac.Plugins.Sdk.Http;

/// <summary>Retry around circuit breaker around time limit, and their failures in the SDK's words.</summary>
internal sealed class ResilienceHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> RequestKey = new("request");
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly PluginHttpClientOptions _options;

    /// <summary>Puts the pipeline around a handler.</summary>
    public ResilienceHandler(PluginHttpClientOptions options, TimeProvider timeProvider, HttpMessageHandler inner)
        : base(inner)
    {
        _options = options;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = timeProvider };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(Retry(options, timeProvider));
        }

        _pipeline = builder.AddCircuitBreaker(Breaker(options)).AddTimeout(options.TryTimeout).Build();
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            // A retry sends the same content again, so it must not be a stream that was read to its end.
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await _pipeline.ExecuteAsync(static async (context, state) => await state.Send(state.Request, context.CancellationToken), context, (Send: (Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>)base.SendAsync, Request: request));
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
        catch (HttpRequestException exception)
        {
            throw new VendorUnavailableException($"{_options.Vendor} cannot be reached ({exception.HttpRequestError}).", innerException: exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
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

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(PluginHttpClientOptions options) => new()
    {
        FailureRatio = 0.5,
        MinimumThroughput = options.BreakerThroughput,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = options.BreakDuration,

        // A rate limit is an answer, and its Retry-After says more than a breaker can.
        ShouldHandle = arguments => ValueTask.FromResult(
            arguments.Outcome.Result?.StatusCode != System.Net.HttpStatusCode.TooManyRequests
            && RetryRules.IsTransient(arguments.Outcome.Result, arguments.Outcome.Exception)),
    };

    private static TimeSpan? WaitAskedFor(HttpResponseMessage? response, TimeProvider timeProvider) =>
        response is null ? null : RetryRules.RetryAfter(response, timeProvider.GetUtcNow());
}
