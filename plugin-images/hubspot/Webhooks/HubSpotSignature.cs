using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.HubSpot.Webhooks;

/// <summary>
/// The header <c>X-HubSpot-Signature-v3</c>: an HMAC-SHA256 over method, URI, body and time
/// (https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation). The older versions sign no time, so whoever
/// recorded one callback could send it for ever: they are not taken.
/// </summary>
internal sealed partial class HubSpotSignature(Func<string?> secret, Uri? publicUrl, TimeProvider timeProvider, ILogger<HubSpotSignature> logger) : IWebhookVerifier
{
    private const string Prefix = ContractPaths.Webhooks + "/";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public bool Verify(WebhookRequest request)
    {
        if (secret() is not { Length: > 0 } known)
        {
            logger.LogWarning("A callback came, but clientSecret is not set: it cannot be verified.");
            return false;
        }

        if (publicUrl is null)
        {
            logger.LogWarning("A callback came, but the TenantPlugin has no spec.ingress: the address that HubSpot signed is not known.");
            return false;
        }

        string time = request.Header("X-HubSpot-Request-Timestamp");
        if (!IsFresh(time) || !request.PathAndQuery.StartsWith(Prefix, StringComparison.Ordinal) || Hex(request.Header("X-HubSpot-Signature-v3")) is not { } signature)
        {
            return false;
        }

        // The documentation decodes some characters of the URI, HubSpot's own libraries do not. Both need the secret, so either will do.
        string uri = publicUrl.AbsoluteUri + request.PathAndQuery[Prefix.Length..];
        string decoded = Decode(uri);
        return IsSigned(known, request, uri, time, signature) || (decoded != uri && IsSigned(known, request, decoded, time, signature));
    }

    private static bool IsSigned(string known, WebhookRequest request, string uri, string time, string signature) => WebhookSignature.IsHmacSha256(
        known, [.. Encoding.UTF8.GetBytes(request.Method), .. Encoding.UTF8.GetBytes(uri), .. request.Body.Span, .. Encoding.UTF8.GetBytes(time)], signature);

    private static string? Hex(string base64)
    {
        Span<byte> bytes = stackalloc byte[48];
        return base64.Length == 44 && Convert.TryFromBase64String(base64, bytes, out int written) ? Convert.ToHexString(bytes[..written]) : null;
    }

    private static string Decode(string uri) => Decoded().Replace(uri, static match => Uri.UnescapeDataString(match.Value));

    // HubSpot's time is in milliseconds.
    private bool IsFresh(string time) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) - timeProvider.GetUtcNow()).Duration() <= Tolerance;

    // : / ? @ ! $ ' ( ) * , ; and no others.
    [GeneratedRegex("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Decoded();
}
