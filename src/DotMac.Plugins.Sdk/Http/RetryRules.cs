using System.Net;
using Polly.Timeout;

namespace DotMac.Plugins.Sdk.Http;

/// <summary>Decides what is worth another try, and what may be tried again without doing it twice.</summary>
public static class RetryRules
{
    /// <summary>Set on a request whose repetition the vendor recognizes (an idempotency key): it is retried like a GET.</summary>
    public static HttpRequestOptionsKey<bool> IsIdempotent { get; } = new("DotMac.IsIdempotent");

    /// <summary>
    /// Whether to try again. Idempotent methods (RFC 9110, section 9.2.2) after any failure that may pass; others only when the vendor cannot
    /// have acted: it said 429, or no connection came about.
    /// </summary>
    internal static bool ShouldRetry(HttpRequestMessage request, HttpResponseMessage? response, Exception? exception)
    {
        bool surelyNotDone = response?.StatusCode == HttpStatusCode.TooManyRequests
            || exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
        return surelyNotDone || (IsRepeatable(request) && IsTransient(response, exception));
    }

    /// <summary>Whether the vendor, not the request, is at fault.</summary>
    internal static bool IsTransient(HttpResponseMessage? response, Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded } or IOException or TimeoutRejectedException
        || response?.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || (response is not null && IsServerFailure(response.StatusCode));

    /// <summary>Whether a status says that the vendor is in trouble.</summary>
    internal static bool IsServerFailure(HttpStatusCode status) =>
        status is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>A failure's name, without its message, which may quote the request.</summary>
    internal static string Name(Exception exception) =>
        exception is HttpRequestException http && http.HttpRequestError != HttpRequestError.Unknown ? http.HttpRequestError.ToString()
        : exception is HttpRequestException { InnerException: { } inner } ? inner.GetType().Name : exception.GetType().Name;

    /// <summary>How long the vendor asks to wait (RFC 9110, section 10.2.3); null when it does not say.</summary>
    /// <param name="response">The vendor's answer.</param>
    /// <param name="now">The time now.</param>
    /// <returns>The wait, never negative.</returns>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        TimeSpan? wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
        || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete
        || (request.Options.TryGetValue(IsIdempotent, out bool idempotent) && idempotent);
}
