using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using DotMac.Operator.Diagnostics;

namespace DotMac.Operator.Tests.Diagnostics;

/// <summary>What sources write.</summary>
internal static class Exposition
{
    public static async Task<string> OfAsync(params IMetricSource[] sources)
    {
        var page = new MetricsPage();
        foreach (var source in sources)
        {
            page.Add(source);
        }

        using var stream = new MemoryStream();
        var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await page.WriteAsync(writer, CancellationToken.None);
        await writer.CompleteAsync();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static double Value(string exposition, string series) => double.Parse(
        exposition.Split('\n').Should().ContainSingle(line => line.StartsWith(series + " ", StringComparison.Ordinal)).Subject[(series.Length + 1)..],
        CultureInfo.InvariantCulture);
}
