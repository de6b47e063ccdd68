using System.Buffers.Binary;
using System.Text;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>Looks at the text of a private key. Pure.</summary>
internal static class PrivateKeyText
{
    private const string OpenSshBegin = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private const string OpenSshEnd = "-----END OPENSSH PRIVATE KEY-----";

    // The format's magic (OpenSSH, PROTOCOL.key).
    private static readonly byte[] Magic = "openssh-key-v1\0"u8.ToArray();

    /// <summary>Why a key cannot be used; null when it seems usable.</summary>
    public static string? Problem(string key)
    {
        string text = key.Trim();
        return !text.StartsWith("-----BEGIN ", StringComparison.Ordinal) || !text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            ? "Must be the whole text of a private key, from its BEGIN line to its END line."
            : IsEncrypted(text) ? "The key has a passphrase, which is not supported: store a key without one (`ssh-keygen -p -N ''`); it is a secret of its own there."
            : null;
    }

    /// <summary>The key as OpenSSH reads it: lines end in a line feed, the last one too.</summary>
    public static string ForFile(string key) => key.Trim().ReplaceLineEndings("\n") + "\n";

    private static bool IsEncrypted(string text) =>
        text.StartsWith(OpenSshBegin, StringComparison.Ordinal)
            ? CipherName(text) is string cipher && cipher != "none"
            : text.Contains("ENCRYPTED", StringComparison.Ordinal);

    // Magic, then the cipher's name as a string: four bytes of length and the text.
    private static string? CipherName(string text)
    {
        string body = text[OpenSshBegin.Length..].Replace(OpenSshEnd, "", StringComparison.Ordinal);
        byte[] bytes = new byte[body.Length];
        if (!Convert.TryFromBase64String(body, bytes, out int count) || count < Magic.Length + 4 || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(Magic.Length));
        return length <= count - Magic.Length - 4 ? Encoding.ASCII.GetString(bytes, Magic.Length + 4, (int)length) : null;
    }
}
