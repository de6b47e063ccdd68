namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>What <c>/metrics</c> said.</summary>
public sealed class ExpositionText
{
    private static readonly string[] Parts = ["_bucket", "_sum", "_count"];

    /// <summary>Reads an exposition.</summary>
    public ExpositionText(string text)
    {
        Text = text;
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var series = lines.Where(static line => line[0] != '#').Select(static line => line[..line.IndexOfAny(['{', ' '])]).ToHashSet();
        Series = series;

        // A family without a sample is announced, and not there.
        Families = lines
            .Where(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(static line => line.Split(' '))
            .Where(words => series.Contains(words[2]) || series.Contains(words[2] + Parts[0]))
            .ToDictionary(static words => words[2], static words => words[3]);
    }

    /// <summary>As it came.</summary>
    public string Text { get; }

    /// <summary>The types of families by their names.</summary>
    public IReadOnlyDictionary<string, string> Families { get; }

    /// <summary>The names of series: with the parts of histograms.</summary>
    public IReadOnlySet<string> Series { get; }
}
