namespace DotMac.Plugins.Sdk.Http;

/// <summary>Asks vendors.</summary>
public static class VendorHttpExtensions
{
    /// <summary>Sends a request and reads the answer whole, whatever its status. Disposes of the request.</summary>
    /// <param name="http">The client, of <see cref="PluginBuilder.CreateHttpClient"/>.</param>
    /// <param name="vendor">The vendor's name, for messages.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeProvider">The clock, for a Retry-After that names a time.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Errors.VendorUnavailableException">The vendor cannot be reached, or is left alone for a moment.</exception>
    /// <exception cref="Errors.VendorTimeoutException">It did not answer in time.</exception>
    public static async Task<VendorAnswer> AskAsync(
        this HttpClient http, string vendor, HttpRequestMessage request, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(timeProvider);
        using (request)
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new VendorAnswer(vendor, response.StatusCode, response.Headers, RetryRules.RetryAfter(response, timeProvider.GetUtcNow()), body);
        }
    }
}
