using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.Sdk.Http;

/// <summary>A vendor's answer, read whole.</summary>
/// <param name="Vendor">The vendor's name, for messages.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers.</param>
/// <param name="RetryAfter">How long the vendor asks to wait; null when it does not say.</param>
/// <param name="Body">The body.</param>
public sealed record VendorAnswer(string Vendor, HttpStatusCode Status, HttpResponseHeaders Headers, TimeSpan? RetryAfter, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether the status is 2xx.</summary>
    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>Reads the body.</summary>
    /// <typeparam name="T">What it should be.</typeparam>
    /// <param name="typeInfo">How to read it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="VendorException">It is something else. The message quotes nothing of it.</exception>
    public T Read<T>(JsonTypeInfo<T> typeInfo)
        where T : class =>
        TryRead(typeInfo) ?? throw new VendorException($"{Vendor}'s answer ({(int)Status}) could not be understood.");

    /// <summary>Reads the body if it is what it should be: an error's body may be a proxy's HTML, or nothing at all.</summary>
    /// <typeparam name="T">What it should be.</typeparam>
    /// <param name="typeInfo">How to read it.</param>
    /// <returns>What was read; null when it is something else.</returns>
    public T? TryRead<T>(JsonTypeInfo<T> typeInfo)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body.Span, typeInfo);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The error for this answer by its status alone, once the vendor's own codes have told nothing more.</summary>
    /// <param name="said">What the vendor said; null when it gave no reason. Holds no secret.</param>
    /// <param name="code">The vendor's own code.</param>
    /// <param name="credentials">Which fields of the config to check when the vendor refuses the credentials, such as <c>accountSid and authToken</c>.</param>
    /// <param name="notFound">What a 404 means to the caller; null when it cannot be the caller's doing.</param>
    /// <returns>The exception to throw.</returns>
    public PluginException ToException(string? said, string? code, string credentials, string? notFound = null)
    {
        string reason = string.IsNullOrWhiteSpace(said) ? $"it answered {(int)Status} without a reason" : said.Trim().TrimEnd('.');
        return Status switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new InvalidRequestException($"{Vendor} refused the request: {reason}."),
            HttpStatusCode.Unauthorized => new VendorException($"{Vendor} refused the credentials: {reason}. Check {credentials}.", code),
            HttpStatusCode.Forbidden => new VendorException($"{Vendor} does not permit that: {reason}. Check what {credentials} may do.", code),
            HttpStatusCode.NotFound when notFound is not null => new ResourceNotFoundException(notFound),
            HttpStatusCode.TooManyRequests => new VendorRateLimitException($"{Vendor} limits the rate: {reason}.", RetryAfter, code),
            HttpStatusCode.ServiceUnavailable => new VendorUnavailableException($"{Vendor} is not available: {reason}.", RetryAfter),
            _ => new VendorException($"{Vendor} refused: {reason}.", code),
        };
    }
}
