using System.Diagnostics.Metrics;

namespace DotMac.Operator.Diagnostics;

/// <summary>
/// What an instrument is called in the exposition. Sources: "Metric and label naming" of the Prometheus documentation, which
/// <c>promtool check metrics</c> holds names to.
/// </summary>
/// <param name="Text">The name.</param>
/// <param name="Scale">What its values are multiplied by to be in the base unit that the name tells.</param>
internal readonly record struct MetricName(string Text, double Scale)
{
    private const string Total = "_total";

    // Each of these means a part of a histogram or of a summary.
    private static readonly string[] Reserved = ["_count", "_sum", "_bucket"];

    /// <summary>The name of an instrument, unchanged if it is a good one already.</summary>
    public static MetricName Of(Instrument instrument, MetricType type)
    {
        var name = Without(Legal(instrument.Name), Total);
        var (unit, scale) = Base(instrument.Unit);
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal))
        {
            name += unit;
        }

        if (type == MetricType.Counter)
        {
            name += Total;
        }
        else if (Array.Exists(Reserved, suffix => name.EndsWith(suffix, StringComparison.Ordinal)))
        {
            name = name[..name.LastIndexOf('_')] + "_current";
        }

        return new MetricName(name, scale);
    }

    /// <summary>A text as a name of a metric or a label: dots and all else that is not allowed become underscores.</summary>
    public static string Legal(string text)
    {
        var legal = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
            }
        });

        // Prometheus keeps two leading underscores for itself.
        legal = legal.StartsWith("__", StringComparison.Ordinal) ? legal.TrimStart('_') : legal;
        return legal.Length == 0 || char.IsAsciiDigit(legal[0]) ? '_' + legal : legal;
    }

    private static string Without(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    // Units are UCUM's codes, by OpenTelemetry's conventions; what stands in braces only says what is counted.
    private static (string Suffix, double Scale) Base(string? unit) => unit switch
    {
        "s" => ("_seconds", 1),
        "ms" => ("_seconds", 1e-3),
        "us" => ("_seconds", 1e-6),
        "ns" => ("_seconds", 1e-9),
        "By" => ("_bytes", 1),
        "KiBy" => ("_bytes", 1024),
        "MiBy" => ("_bytes", 1024 * 1024),
        _ => (string.Empty, 1),
    };
}
