namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>A row of the tables of <c>docs/monitoring.md</c>.</summary>
/// <param name="Name">The family's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Seldom">Whether it stands among those that appear only when there is something to tell.</param>
/// <param name="Section">The heading that it stands below.</param>
internal sealed record DocumentedMetric(string Name, string Type, bool Seldom, string Section)
{
    public static IReadOnlyList<DocumentedMetric> All { get; } = Read(Files.Monitoring);

    private static List<DocumentedMetric> Read(string file)
    {
        var metrics = new List<DocumentedMetric>();
        var section = string.Empty;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith('#'))
            {
                section = line.TrimStart('#', ' ');
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|', StringSplitOptions.TrimEntries) is [_, var name, "counter" or "gauge" or "histogram" or "summary", ..] cells)
            {
                metrics.Add(new DocumentedMetric(name.Trim('`'), cells[2], section.Contains("seldom", StringComparison.OrdinalIgnoreCase), section));
            }
        }

        return metrics;
    }
}
