using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DotMac.Plugins.Contract.Status;

/// <summary>Reads a plugin's status, which is data from a container that nobody here wrote: anything may be missing, wrong or huge.</summary>
public static class StatusReader
{
    /// <summary>The longest body worth reading, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The most checks that are kept; those after it are dropped.</summary>
    public const int MaxChecks = 32;

    /// <summary>The most dependencies that are kept; those after it are dropped.</summary>
    public const int MaxDependencies = 16;

    /// <summary>The most buckets of a histogram; one with more is dropped.</summary>
    public const int MaxBuckets = 100;

    /// <summary>The most characters of a name or message that are kept.</summary>
    public const int MaxTextLength = 512;

    /// <summary>
    /// Reads a status. Missing and unknown values read as null, 0 or Unknown; negative counts as 0; a histogram that does not fit together as
    /// none; long texts are cut, and what steers a terminal, turns the direction of writing or cannot be seen is replaced by spaces.
    /// </summary>
    /// <param name="utf8Json">The body of <c>GET /status</c>.</param>
    /// <param name="report">The report, when it could be read.</param>
    /// <param name="error">Why not, when it could not. Quotes nothing of the body.</param>
    /// <returns>Whether the body is a status.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out PluginStatusReport? report, [NotNullWhen(false)] out string? error)
    {
        report = null;
        error = null;
        if (utf8Json.Length > MaxBytes)
        {
            error = $"The status is longer than {MaxBytes} bytes.";
            return false;
        }

        PluginStatusReport? read;
        try
        {
            read = JsonSerializer.Deserialize(utf8Json, ContractJsonContext.Default.PluginStatusReport);
        }
        catch (JsonException exception)
        {
            error = $"The status is not the JSON of the contract, near line {exception.LineNumber + 1}.";
            return false;
        }

        if (read is null)
        {
            error = "The status is null.";
            return false;
        }

        report = Tame(read);
        return true;
    }

    private static PluginStatusReport Tame(PluginStatusReport read) => read with
    {
        Plugin = Tame(read.Plugin),
        Version = Tame(read.Version),
        Checks =
        [
            .. read.Checks
                .Where(check => check is not null)
                .Take(MaxChecks)
                .Select(check => check with { Name = Tame(check.Name), Message = Tame(check.Message) }),
        ],
        Metrics = new PluginMetrics(
            Math.Max(0, read.Metrics.ApiCalls),
            Math.Max(0, read.Metrics.ApiErrors),
            read.Metrics.Latency is LatencyHistogram latency && latency.Counts.Count <= MaxBuckets && latency.IsWellFormed() ? latency : null),
        Dependencies =
        [
            .. read.Dependencies
                .Where(dependency => dependency is not null)
                .Take(MaxDependencies)
                .Select(dependency => dependency with
                {
                    Name = Tame(dependency.Name),
                    Message = Tame(dependency.Message),
                    Calls = Math.Max(0, dependency.Calls),
                    Errors = Math.Max(0, dependency.Errors),
                }),
        ],
    };

    private static string? Tame(string? text)
    {
        if (text is null)
        {
            return null;
        }

        string cut = text.Length <= MaxTextLength ? text : text[..MaxTextLength];
        if (!cut.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            // Almost every text; the rest is looked at letter by letter.
            return cut;
        }

        StringBuilder plain = new(cut.Length);
        foreach (Rune rune in cut.EnumerateRunes())
        {
            plain.Append(IsVisible(rune) ? rune.ToString() : " ");
        }

        return plain.ToString();
    }

    // Half a surrogate pair reads as U+FFFD, which is visible.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);
}
