using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace DotMac.Operator.Diagnostics;

/// <summary>Writes Prometheus' text format. Source: "Exposition formats" of the Prometheus documentation, version 0.0.4.</summary>
/// <param name="output">Where to; UTF-8.</param>
internal sealed class ExpositionWriter(PipeWriter output)
{
    // Less would be many small writes, more would be memory for nothing.
    private const int DrainAt = 32 * 1024;

    // The longest shortest form of a double has 24 characters.
    private const int LongestNumber = 32;

    // Braces, comma, space and the end of the line.
    private const int Punctuation = 8;

    /// <summary>One label as it stands between the braces.</summary>
    /// <param name="name">A legal name; see <see cref="MetricName.Legal"/>.</param>
    /// <param name="value">Any text.</param>
    public static string Label(string name, string? value) => $"{name}=\"{Escape(value ?? string.Empty, quotes: true)}\"";

    /// <summary>Begins a family. All its samples follow before the next one begins: the format wants them together.</summary>
    public void Family(string name, MetricType type, string help)
    {
        Text("# HELP ");
        Text(name);
        Text(" ");
        Text(Escape(help, quotes: false));
        Text("\n# TYPE ");
        Text(name);
        Text(type switch
        {
            MetricType.Counter => " counter\n",
            MetricType.Histogram => " histogram\n",
            MetricType.Summary => " summary\n",
            _ => " gauge\n",
        });
    }

    /// <summary>One line.</summary>
    /// <param name="name">The family's name, with a suffix where the type has them.</param>
    /// <param name="labels">Labels, joined by commas; may be empty.</param>
    /// <param name="more">More of them.</param>
    /// <param name="value">The value.</param>
    public void Sample(string name, string labels, string more, double value)
    {
        // Room for the whole line at once: of a hundred thousand lines a scrape, each is one step.
        var line = output.GetSpan(Encoding.UTF8.GetMaxByteCount(name.Length + labels.Length + more.Length) + LongestNumber + Punctuation);
        var length = Encoding.UTF8.GetBytes(name, line);
        if (labels.Length + more.Length > 0)
        {
            line[length++] = (byte)'{';
            length += Encoding.UTF8.GetBytes(labels, line[length..]);
            if (labels.Length > 0 && more.Length > 0)
            {
                line[length++] = (byte)',';
            }

            length += Encoding.UTF8.GetBytes(more, line[length..]);
            line[length++] = (byte)'}';
        }

        line[length++] = (byte)' ';
        length += Number(value, line[length..]);
        line[length++] = (byte)'\n';
        output.Advance(length);
    }

    /// <inheritdoc cref="Sample(string, string, string, double)"/>
    public void Sample(string name, string labels, double value) => Sample(name, labels, string.Empty, value);

    /// <summary>A number as the format spells it.</summary>
    public static string Spell(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Hands on what has gathered, if that is much; waits while the scraper is slow.</summary>
    public ValueTask DrainAsync(CancellationToken cancellationToken) =>
        output.UnflushedBytes < DrainAt ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    /// <summary>Hands on what has gathered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var result = await output.FlushAsync(cancellationToken);
        if (result.IsCanceled || result.IsCompleted)
        {
            // Nobody reads any more; the rest need not be worked out.
            throw new OperationCanceledException("the scraper has gone", cancellationToken);
        }
    }

    private static string Escape(string text, bool quotes)
    {
        if (text.AsSpan().IndexOfAny('\\', '\n', '"') < 0)
        {
            return text;
        }

        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static int Number(double value, Span<byte> to) =>
        double.IsFinite(value) && value.TryFormat(to, out var written, default, CultureInfo.InvariantCulture) ? written : Encoding.UTF8.GetBytes(Spell(value), to);

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);
}
