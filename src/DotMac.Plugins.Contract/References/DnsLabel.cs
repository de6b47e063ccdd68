namespace DotMac.Plugins.Contract.References;

/// <summary>The form of RFC 1123 labels as Kubernetes has it: <c>[a-z0-9]([-a-z0-9]*[a-z0-9])?</c>.</summary>
internal static class DnsLabel
{
    /// <summary>Whether the text has the form of a label; its length is the caller's concern.</summary>
    public static bool HasForm(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (char character in text)
        {
            if (!IsCharacter(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the character may stand inside a label.</summary>
    public static bool IsCharacter(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-';
}
