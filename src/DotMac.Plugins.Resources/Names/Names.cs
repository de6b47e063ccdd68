using System.Text.RegularExpressions;

namespace DotMac.Plugins.Resources;

/// <summary>Forms of names that Kubernetes and DNS prescribe.</summary>
internal static partial class Names
{
    private const int LongestLabel = 63;
    private const int LongestSubdomain = 253;

    /// <summary>Whether a text is an RFC 1123 label.</summary>
    public static bool IsLabel(string? text) => Fits(text, LongestLabel, Label());

    /// <summary>Whether a text is an RFC 1035 label, which names of Services must be: a label that starts with a letter.</summary>
    public static bool IsServiceName(string? text) => IsLabel(text) && char.IsAsciiLetterLower(text![0]);

    /// <summary>Whether a text is an RFC 1123 subdomain.</summary>
    public static bool IsSubdomain(string? text) => Fits(text, LongestSubdomain, Subdomain()) && HasShortLabels(text!);

    /// <summary>Whether a text is a DNS name, <c>*.</c> and a DNS name, an IPv4 address or a range of them.</summary>
    public static bool IsHost(string? text) => IsSubdomain(text is ['*', '.', ..] ? text[2..] : text) || AddressRange.Of(text) is not null;

    /// <summary>Whether a text is a container image with a tag or a digest.</summary>
    public static bool IsImage(string? text) => Fits(text, 512, Image());

    /// <summary>Whether a text is the name of an operation.</summary>
    public static bool IsOperation(string? text) => Fits(text, LongestLabel, Operation());

    // "$" also matches before a final line feed, which no name has.
    private static bool Fits(string? text, int longest, Regex form) =>
        text is { Length: > 0 } && text.Length <= longest && text[^1] != '\n' && form.IsMatch(text);

    private static bool HasShortLabels(string text) => text.Split('.').All(label => label.Length <= LongestLabel);

    [GeneratedRegex(Patterns.DnsLabel, RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(Patterns.DnsSubdomain, RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex(Patterns.OperationName, RegexOptions.CultureInvariant)]
    private static partial Regex Operation();

    // The grammar of https://pkg.go.dev/github.com/distribution/reference, with a tag or a digest required.
    [GeneratedRegex(
        @"^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*(:[0-9]{1,5})?/)?"
        + @"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*"
        + @"(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@[a-z0-9]+:[0-9a-f]{32,128})?|@[a-z0-9]+:[0-9a-f]{32,128})$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Image();
}
