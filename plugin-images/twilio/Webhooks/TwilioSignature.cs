using System.Security.Cryptography;
using System.Text;

namespace DotMac.Plugins.Twilio.Webhooks;

/// <summary>
/// Twilio's signature of a request (https://www.twilio.com/docs/usage/security#validating-requests): HMAC-SHA1, keyed with the account's token, of the URL and
/// behind it the names and values of the form, sorted by name.
/// </summary>
internal static class TwilioSignature
{
    /// <summary>Whether Twilio signed this.</summary>
    /// <param name="authToken">The account's token.</param>
    /// <param name="url">The URL that Twilio asked, with its query.</param>
    /// <param name="form">The form's fields; none when the body is something else.</param>
    /// <param name="signature">The header <c>X-Twilio-Signature</c>.</param>
    /// <returns>Whether it fits; the comparison takes the same time whatever is wrong.</returns>
    public static bool Fits(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form, string signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        if (authToken.Length == 0 || !Convert.TryFromBase64String(signature, given, out int length) || length != given.Length)
        {
            return false;
        }

        string fields = Fields(form);
        (string bare, string withPort) = Spellings(url);
        return IsHmac(authToken, bare + fields, given) | IsHmac(authToken, withPort + fields, given);
    }

    // A name's values are sorted too, and each counts once.
    private static string Fields(IEnumerable<KeyValuePair<string, string>> form) => string.Concat(form
        .Distinct()
        .OrderBy(static field => field.Key, StringComparer.Ordinal)
        .ThenBy(static field => field.Value, StringComparer.Ordinal)
        .Select(static field => field.Key + field.Value));

    // Twilio signs some requests with the port in the URL and some without, whatever it was given.
    private static (string Bare, string WithPort) Spellings(string url)
    {
        var parsed = new Uri(url);
        int host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int path = url.IndexOf('/', host);
        string rest = path < 0 ? "" : url[path..];
        return ($"{parsed.Scheme}://{parsed.Host}{rest}", $"{parsed.Scheme}://{parsed.Host}:{parsed.Port}{rest}");
    }

    private static bool IsHmac(string key, string text, ReadOnlySpan<byte> given)
    {
        Span<byte> expected = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Twilio's choice. An HMAC does not need its hash to resist collisions.
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text), expected);
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
