using System.Diagnostics.CodeAnalysis;
using NuGet.Versioning;

namespace DotMac.Plugins.Resources.Versions;

/// <summary>
/// Which versions of another plugin will do. Comparators (<c>&gt;=1.0.0 &lt;2.0.0</c>) that all must hold, alternatives between <c>||</c>,
/// <c>^1.2</c>, <c>~1.2.3</c>, <c>1.x</c>, <c>*</c>; a bare version means exactly that one.
/// </summary>
public sealed class DependencyRange
{
    private readonly IReadOnlyList<IReadOnlyList<VersionComparator>> _alternatives;
    private readonly string _text;

    private DependencyRange(string text, IReadOnlyList<IReadOnlyList<VersionComparator>> alternatives) =>
        (_text, _alternatives) = (text, alternatives);

    /// <summary>Every version.</summary>
    public static DependencyRange Any { get; } = new("*", [[]]);

    /// <summary>Reads a range.</summary>
    /// <param name="text">The range; null or empty is <see cref="Any"/>.</param>
    /// <param name="range">The range, when it is one.</param>
    /// <param name="error">What is wrong and what to write, when it is none.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DependencyRange? range, [NotNullWhen(false)] out string? error)
    {
        range = Any;
        error = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var alternatives = new List<IReadOnlyList<VersionComparator>>();
        foreach (var alternative in text.Split("||"))
        {
            var comparators = new List<VersionComparator>();
            foreach (var term in Terms(alternative))
            {
                if (!VersionComparator.TryParse(term, comparators))
                {
                    error = $"'{term}' is not a version comparison; write for example >=1.0.0 <2.0.0, ^1.2, ~1.2.3, 1.x or *";
                    range = null;
                    return false;
                }
            }

            alternatives.Add(comparators);
        }

        range = new DependencyRange(text.Trim(), alternatives);
        return true;
    }

    /// <summary>
    /// Whether a version will do. A pre-release does only when the range itself names a pre-release of the same version, so that none is
    /// taken by
    /// accident.
    /// </summary>
    /// <param name="version">The version; one that is no SemVer never does.</param>
    public bool Contains(string? version) => SemVer.Of(version) is { } number && _alternatives.Any(all => Holds(all, number));

    /// <inheritdoc />
    public override string ToString() => _text;

    private static bool Holds(IReadOnlyList<VersionComparator> all, SemanticVersion version) =>
        all.All(comparator => comparator.Holds(version))
        && (!version.IsPrerelease || all.Any(comparator => comparator.NamesPrereleaseOf(version)));

    // ">= 1.0.0" is written with a space as often as without, and "," between comparators is common elsewhere.
    private static IEnumerable<string> Terms(string alternative)
    {
        var pending = string.Empty;
        foreach (var word in alternative.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            pending += word;
            if (word.Trim('>', '<', '=', '^', '~').Length > 0)
            {
                yield return pending;
                pending = string.Empty;
            }
        }

        if (pending.Length > 0)
        {
            yield return pending;
        }
    }
}
