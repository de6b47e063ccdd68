using System.Net;

namespace DotMac.Plugins.Sdk.Http;

/// <summary>Makes clients for vendors.</summary>
public static class PluginHttpClient
{
    /// <summary>
    /// Makes a client with a limit of concurrency, time limit per try, retries, and circuit breaker. It throws <see cref="Errors.VendorUnavailableException"/> and
    /// <see cref="Errors.VendorTimeoutException"/>; answers of any status are returned. It follows no redirects: they would carry requests to
    /// hosts that the sandbox does not know.
    /// </summary>
    /// <param name="options">What is special about it.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <returns>The client, to be disposed of by the caller.</returns>
    public static HttpClient Create(PluginHttpClientOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return Create(options, new Upstream(options), timeProvider);
    }

    /// <summary>Makes a client whose calls are counted.</summary>
    internal static HttpClient Create(PluginHttpClientOptions options, Upstream upstream, TimeProvider timeProvider)
    {
#pragma warning disable CA2000 // The client owns its handlers.
        var connections = new SocketsHttpHandler
        {
            // Trace ids are the platform's own: a vendor has no use for them.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a vendor's DNS change is seen
            UseCookies = false,
        };
        return new HttpClient(new ResilienceHandler(options, upstream, timeProvider, connections))
        {
            // The pipeline limits each try, the caller's deadline the whole.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = options.MaxAnswerBytes,
        };
#pragma warning restore CA2000
    }
}
