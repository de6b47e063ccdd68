using System.Security.Cryptography;
using System.Text;

namespace DotMac.Operator.Desired;

/// <summary>Hashes that are stored in annotations and names: stable over versions of the operator and of .NET.</summary>
internal static class Hashing
{
    /// <summary>8 hexadecimal digits, to tell names apart.</summary>
    public static string Short(string text) => Of(Encoding.UTF8.GetBytes(text))[..8];

    /// <summary>32 hexadecimal digits of SHA-256.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
}
