using System.Globalization;

namespace DotMac.Audit.Files;

/// <summary>The names of a trail's files: <c>audit.jsonl</c>, those before it <c>audit-&lt;number of the first line&gt;.jsonl</c>, and beside them <c>audit.jsonl.head</c>.</summary>
/// <param name="Live">The path of the file that is written.</param>
public sealed record AuditFileSet(string Live)
{
    private const int Digits = 20;

    /// <summary>The path of the head.</summary>
    public string Head => Live + ".head";

    /// <summary>The path of the file that keeps two writers apart.</summary>
    public string Lock => Live + ".lock";

    /// <summary>The directory.</summary>
    public string Directory => Path.GetDirectoryName(Path.GetFullPath(Live))!;

    /// <summary>The name of a file that is full.</summary>
    /// <param name="first">The number of its first line.</param>
    public string Rotated(long first) =>
        Path.Combine(Directory, $"{Path.GetFileNameWithoutExtension(Live)}-{first.ToString($"D{Digits}", CultureInfo.InvariantCulture)}{Path.GetExtension(Live)}");

    /// <summary>The files that are full, in order, each with the number that its name gives its first line.</summary>
    public IReadOnlyList<(long First, string File)> Rotated()
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(Live) + "-", Path.GetExtension(Live));
        return !System.IO.Directory.Exists(Directory)
            ? []
            :
            [
                .. System.IO.Directory.EnumerateFiles(Directory)
                    .Where(file => Path.GetExtension(file) == extension)
                    .Select(file => (File: file, Name: Path.GetFileNameWithoutExtension(file)))
                    .Where(f => f.Name.StartsWith(stem, StringComparison.Ordinal) && f.Name.Length == stem.Length + Digits)
                    .Select(f => (First: long.TryParse(f.Name.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : -1, f.File))
                    .Where(static f => f.First >= 0)
                    .OrderBy(static f => f.First),
            ];
    }

    /// <summary>The trails of a directory, by their heads and their live files.</summary>
    public static IReadOnlyList<AuditFileSet> In(string directory) =>
    [
        .. System.IO.Directory.EnumerateFiles(directory, "*.head").Select(static head => head[..^".head".Length])
            .Concat(System.IO.Directory.EnumerateFiles(directory, "*.lock").Select(static file => file[..^".lock".Length]))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(static live => new AuditFileSet(live)),
    ];
}
