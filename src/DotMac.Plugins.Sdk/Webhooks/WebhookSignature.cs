using System.Security.Cryptography;
using System.Text;

namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>What vendors' signatures are made of. Comparisons take the same time whatever is wrong.</summary>
public static class WebhookSignature
{
    /// <summary>Whether a signature in hexadecimal is the HMAC-SHA256 (RFC 2104) of some bytes.</summary>
    /// <param name="secret">The shared secret, as UTF-8.</param>
    /// <param name="signed">The bytes that the vendor signed.</param>
    /// <param name="hex">The signature, in either case.</param>
    /// <returns>Whether it fits; false also when it is not hexadecimal or the secret is empty.</returns>
    public static bool IsHmacSha256(string secret, ReadOnlySpan<byte> signed, string hex)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(hex);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (secret.Length == 0
            || hex.Length != 2 * given.Length
            || Convert.FromHexString(hex, given, out _, out int written) != System.Buffers.OperationStatus.Done
            || written != given.Length)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed, expected);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }

    /// <summary>Whether two texts are the same; takes the same time wherever they differ.</summary>
    /// <param name="expected">The secret.</param>
    /// <param name="given">What came.</param>
    /// <returns>Whether they are the same; false also when the secret is empty.</returns>
    public static bool AreEqual(string expected, string given)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(given);

        // Hashes have one length, so not even that of the secret shows.
        return expected.Length > 0
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));
    }

    /// <summary>Whether a signed time is near enough to now: an old callback that somebody recorded is not.</summary>
    /// <param name="unixSeconds">The time that the vendor signed, seconds since 1970, as text.</param>
    /// <param name="tolerance">How far off it may be, in either direction.</param>
    /// <param name="now">The time now.</param>
    /// <returns>Whether it is near enough; false also when it is no number.</returns>
    public static bool IsFresh(string unixSeconds, TimeSpan tolerance, DateTimeOffset now) =>
        long.TryParse(unixSeconds, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (DateTimeOffset.FromUnixTimeSeconds(seconds) - now).Duration() <= tolerance;
}
