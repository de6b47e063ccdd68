using System.Globalization;
using NuGet.Versioning;

namespace DotMac.Plugins.Resources.Versions;

/// <summary>One comparison with a version.</summary>
internal sealed record VersionComparator(string Operator, SemanticVersion Bound)
{
    private static readonly string[] Operators = [">=", "<=", ">", "<", "=", "^", "~"];

    /// <summary>Whether the comparison holds.</summary>
    public bool Holds(SemanticVersion version) => Operator switch
    {
        ">=" => version >= Bound,
        ">" => version > Bound,
        "<=" => version <= Bound,
        "<" => version < Bound,
        _ => version.Equals(Bound),
    };

    /// <summary>Whether this names a pre-release of the same three numbers.</summary>
    public bool NamesPrereleaseOf(SemanticVersion version) =>
        Bound.IsPrerelease && (Bound.Major, Bound.Minor, Bound.Patch) == (version.Major, version.Minor, version.Patch);

    /// <summary>Adds the comparisons that a term stands for: <c>^1.2</c> is two of them, <c>*</c> none.</summary>
    public static bool TryParse(string term, List<VersionComparator> into)
    {
        var symbol = Array.Find(Operators, known => term.StartsWith(known, StringComparison.Ordinal)) ?? string.Empty;
        var text = term[symbol.Length..];
        if (text is "*" or "x" or "X")
        {
            return symbol is "" or "=" or ">=" or "^" or "~";
        }

        if (!TryParsePartial(text, out var low, out var given))
        {
            return false;
        }

        switch (symbol)
        {
            case "" or "=" when given == 3:
                into.Add(new VersionComparator("=", low));
                return true;
            case "" or "=":
                into.AddRange([new(">=", low), new("<", Next(low, given))]);
                return true;
            case "~":
                into.AddRange([new(">=", low), new("<", Next(low, Math.Min(given, 2)))]);
                return true;
            case "^":
                into.AddRange([new(">=", low), new("<", Next(low, FirstNonZero(low, given)))]);
                return true;
            case ">" when given < 3:
                into.Add(new VersionComparator(">=", Next(low, given)));
                return true;
            case "<=" when given < 3:
                into.Add(new VersionComparator("<", Next(low, given)));
                return true;
            default:
                into.Add(new VersionComparator(symbol, low));
                return true;
        }
    }

    // Up to which number ^ keeps: the first that is not 0, because 0.2 breaks what 0.1 promised.
    private static int FirstNonZero(SemanticVersion version, int given) =>
        version.Major > 0 || given == 1 ? 1 : version.Minor > 0 || given == 2 ? 2 : 3;

    private static SemanticVersion Next(SemanticVersion version, int kept) => kept switch
    {
        1 => new SemanticVersion(version.Major + 1, 0, 0),
        2 => new SemanticVersion(version.Major, version.Minor + 1, 0),
        _ => new SemanticVersion(version.Major, version.Minor, version.Patch + 1),
    };

    // 1, 1.2, 1.x and 1.2.* are read too; "given" says how many numbers there were.
    private static bool TryParsePartial(string text, out SemanticVersion version, out int given)
    {
        given = 3;
        if (SemanticVersion.TryParse(text, out var full))
        {
            version = full;
            return version.Major < int.MaxValue && version.Minor < int.MaxValue && version.Patch < int.MaxValue;
        }

        version = new SemanticVersion(0, 0, 0);
        var parts = text.Split('.');
        var numbers = new List<int>();
        foreach (var part in parts)
        {
            if (part is "x" or "X" or "*")
            {
                break;
            }

            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == int.MaxValue)
            {
                return false;
            }

            numbers.Add(number);
        }

        given = numbers.Count;
        if (given is 0 or > 2 || parts.Length > 3 || parts.Skip(given).Any(part => part is not ("x" or "X" or "*")))
        {
            return false;
        }

        version = new SemanticVersion(numbers[0], numbers.ElementAtOrDefault(1), 0);
        return true;
    }
}
