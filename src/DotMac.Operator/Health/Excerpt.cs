using System.Globalization;
using System.Text;

namespace DotMac.Operator.Health;

/// <summary>Words of others, fit for a sentence of ours. Pure.</summary>
internal static class Excerpt
{
    private const int Longest = 256;

    /// <summary>The text without its full stop, on one line, without what steers a terminal, and not too long.</summary>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        var cut = text.Length <= Longest ? text : text[..Longest];
        if (cut.Length == text.Length && !cut.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return cut.TrimEnd('.', ' ');
        }

        var plain = new StringBuilder(cut.Length + 1);
        foreach (var rune in cut.EnumerateRunes())
        {
            if (IsPrintable(rune))
            {
                plain.Append(rune.ToString());
            }
            else
            {
                plain.Append(' ');
            }
        }

        return cut.Length == text.Length ? plain.ToString().TrimEnd('.', ' ') : plain.Append('…').ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
