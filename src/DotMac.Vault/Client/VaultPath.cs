namespace DotMac.Vault.Client;

/// <summary>
/// Makes paths safe at the client's edge. Vault decodes a path before it looks at it, and proxies normalize: what could be read as another path
/// than the one that was meant is refused here, before any policy has to be right.
/// </summary>
public static class VaultPath
{
    private const int LongestPath = 1024;

    /// <summary>Encodes a path of one or more segments.</summary>
    /// <param name="path">Segments between slashes, <c>tenants/acme/twilio</c> for example.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <returns>The path, each segment percent-encoded.</returns>
    /// <exception cref="ArgumentException">Empty, too long, an empty segment, <c>.</c>, <c>..</c> or a control character.</exception>
    public static string Encode(string path, string parameter)
    {
        ArgumentNullException.ThrowIfNull(path, parameter);
        if (path.Length is 0 or > LongestPath)
        {
            throw new ArgumentException($"a Vault path has 1 to {LongestPath} characters, not {path.Length}", parameter);
        }

        return string.Join('/', path.Split('/').Select(segment => EncodeSegment(segment, path, parameter)));
    }

    /// <summary>Encodes a name that must be one segment.</summary>
    /// <param name="name">The name of a role or policy, for example.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">As for <see cref="Encode"/>, or a slash.</exception>
    public static string EncodeName(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return name.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException($"a name in Vault holds no slash: '{name}'", parameter)
            : Encode(name, parameter);
    }

    private static string EncodeSegment(string segment, string path, string parameter)
    {
        if (segment.Length == 0)
        {
            throw new ArgumentException($"the Vault path '{Printable(path)}' has an empty segment: no slash at the start, at the end, or twice in a row", parameter);
        }

        if (segment is "." or "..")
        {
            throw new ArgumentException($"the Vault path '{Printable(path)}' has a segment '{segment}'", parameter);
        }

        // A trailing blank is cut off by some storage backends; a lone surrogate cannot be encoded.
        if (segment.Any(char.IsControl) || segment.Any(char.IsSurrogate) || char.IsWhiteSpace(segment[0]) || char.IsWhiteSpace(segment[^1]))
        {
            throw new ArgumentException($"the Vault path '{Printable(path)}' has a segment with control characters or blanks at its ends", parameter);
        }

        return Uri.EscapeDataString(segment);
    }

    private static string Printable(string path) => string.Concat(path.Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
