using System.Security.Cryptography;

namespace DotMac.Audit.Chain;

/// <summary>
/// Hashes lines: SHA-256 (FIPS 180-4), or HMAC-SHA-256 (RFC 2104) where there is a key. Without a key whoever may write the file can make
/// a chain that fits; with one only who has the key.
/// </summary>
/// <param name="key">The key; null or empty for none.</param>
public sealed class ChainHash(byte[]? key = null)
{
    /// <summary>Bytes that a key must have at least.</summary>
    public const int ShortestKey = 16;

    /// <summary>Whether there is a key.</summary>
    public bool IsKeyed => key is { Length: > 0 };

    /// <summary>The hash of some bytes, 64 hexadecimal digits in lower case.</summary>
    public string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (IsKeyed)
        {
            HMACSHA256.HashData(key!, bytes, hash);
        }
        else
        {
            SHA256.HashData(bytes, hash);
        }

        return Convert.ToHexStringLower(hash);
    }
}
