using System.Text.RegularExpressions;

namespace DotMac.Plugins.NetworkAutomation;

/// <summary>Whether a whole text has a form, which is not the same as "^…$": that lets a line break at the end through.</summary>
internal static class WholeMatch
{
    /// <summary>Whether it has.</summary>
    /// <param name="text">The text; null has no form.</param>
    /// <param name="form">One of <see cref="NetworkForms"/>.</param>
    public static bool Is(string? text, string form) =>
        text is not null && Regex.IsMatch(text, $@"\A(?:{form})\z", RegexOptions.CultureInvariant);
}
