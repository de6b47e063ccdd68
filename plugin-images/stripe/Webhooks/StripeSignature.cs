using System.Text;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Stripe.Webhooks;

/// <summary>
/// The header <c>Stripe-Signature: t=…,v1=…</c>: an HMAC-SHA256 over time, dot and body (https://docs.stripe.com/webhooks#verify-manually). While a secret is
/// being changed there are several v1. v0 is for test mode only and never taken: whoever could choose the scheme would choose the weakest.
/// </summary>
internal sealed class StripeSignature(Func<string?> secret, TimeProvider timeProvider) : IWebhookVerifier
{
    /// <summary>More than Stripe ever sends. Each costs a hash of the body, and anybody may send them.</summary>
    private const int MaxSignatures = 8;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public bool Verify(WebhookRequest request)
    {
        string[][] parts = [.. request.Header("Stripe-Signature").Split(',').Select(static part => part.Trim().Split('=', 2)).Where(static part => part.Length == 2)];
        if (secret() is not { Length: > 0 } known || parts.FirstOrDefault(static part => part[0] == "t")?[1] is not { } time
            || !WebhookSignature.IsFresh(time, Tolerance, timeProvider.GetUtcNow()))
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes(time), (byte)'.', .. request.Body.Span];
        return parts.Where(static part => part[0] == "v1").Take(MaxSignatures).Any(part => WebhookSignature.IsHmacSha256(known, signed, part[1]));
    }
}
