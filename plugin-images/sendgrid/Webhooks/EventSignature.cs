using System.Security.Cryptography;
using System.Text;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.SendGrid.Webhooks;

/// <summary>
/// SendGrid's signature of events: ECDSA over P-256 with SHA-256, over the time and the body, with nothing between them
/// (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features).
/// </summary>
internal sealed class EventSignature(Func<string?> publicKey, TimeProvider timeProvider) : IWebhookVerifier
{
    /// <summary>Where SendGrid puts the signature: base64 of DER.</summary>
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";

    /// <summary>Where it puts the time, seconds since 1970.</summary>
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    private const string P256 = "1.2.840.10045.3.1.7";

    // SendGrid recommends none. Events are batched for some seconds, and the receiver tells repetitions by the event's id.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    /// <summary>Whether a text is a public key that signatures can be verified with.</summary>
    public static bool IsKey(string text)
    {
        using ECDsa? key = Read(text);
        return key is not null;
    }

    /// <inheritdoc/>
    public bool Verify(WebhookRequest request)
    {
        string time = request.Header(TimestampHeader);
        if (publicKey() is not { Length: > 0 } known
            || !WebhookSignature.IsFresh(time, Tolerance, timeProvider.GetUtcNow())
            || Decode(request.Header(SignatureHeader)) is not { Length: > 0 } signature)
        {
            return false;
        }

        using ECDsa? key = Read(known);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(time));
        hash.AppendData(request.Body.Span);
        return key?.VerifyHash(hash.GetHashAndReset(), signature, DSASignatureFormat.Rfc3279DerSequence) == true;
    }

    private static ECDsa? Read(string text)
    {
        var key = ECDsa.Create();
        try
        {
            byte[] der = Convert.FromBase64String(text);
            key.ImportSubjectPublicKeyInfo(der, out int read);
            if (read == der.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256)
            {
                return key;
            }
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            // Another kind of key, or none at all.
        }

        key.Dispose();
        return null;
    }

    private static byte[]? Decode(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int written) ? bytes[..written] : null;
    }
}
