using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace DotMac.Operator.Diagnostics;

/// <summary>
/// Collects the instruments of meters and writes them in Prometheus' text format. Source of the format: "Exposition formats" of the
/// Prometheus documentation, version 0.0.4.
/// </summary>
internal sealed class PrometheusExporter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Series, Accumulator> _series = new();

    /// <summary>Listens to the meters whose names begin with one of these.</summary>
    public PrometheusExporter(params string[] meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Array.Exists(meters, name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The present state of everything.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _series.GroupBy(static s => s.Key.Name, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            var first = family.First().Value;
            text.Append("# HELP ").Append(family.Key).Append(' ').AppendLine(Escape(first.Help, quotes: false));
            text.Append("# TYPE ").Append(family.Key).Append(' ').AppendLine(first.Type);
            foreach (var (series, accumulator) in family.OrderBy(static s => s.Key.Labels, StringComparer.Ordinal))
            {
                accumulator.Write(text, series);
            }
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (key, value) in tags)
        {
            labels.Add($"{key}=\"{Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, quotes: true)}\"");
        }

        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.GetOrAdd(new Series(instrument.Name, Labels(tags)), static (_, i) => Accumulator.For(i), instrument).Add(value);

    private readonly record struct Series(string Name, string Labels);

    private sealed class Accumulator
    {
        private readonly Lock _gate = new();
        private readonly double[]? _bounds;
        private readonly long[]? _counts;
        private readonly bool _replace;
        private double _value;
        private long _count;

        private Accumulator(string type, string help, bool replace, double[]? bounds)
        {
            Type = type;
            Help = help;
            _replace = replace;
            _bounds = bounds;
            _counts = bounds is null ? null : new long[bounds.Length + 1];
        }

        public string Type { get; }

        public string Help { get; }

        public static Accumulator For(Instrument instrument)
        {
            var help = instrument.Description ?? instrument.Name;
            return instrument switch
            {
                Histogram<double> histogram => new Accumulator("histogram", help, false, Bounds(histogram.Advice)),
                { IsObservable: true } => new Accumulator("gauge", help, true, null),
                UpDownCounter<long> => new Accumulator("gauge", help, false, null),
                _ => new Accumulator("counter", help, false, null),
            };
        }

        public void Add(double value)
        {
            lock (_gate)
            {
                _value = _replace ? value : _value + value;
                _count++;
                if (_counts is not null)
                {
                    var bucket = Array.FindIndex(_bounds!, bound => value <= bound);
                    _counts[bucket < 0 ? _counts.Length - 1 : bucket]++;
                }
            }
        }

        public void Write(StringBuilder text, Series series)
        {
            lock (_gate)
            {
                if (_counts is null)
                {
                    Line(text, series.Name, series.Labels, _value);
                    return;
                }

                long below = 0;
                for (var i = 0; i < _counts.Length; i++)
                {
                    below += _counts[i];
                    var bound = i < _bounds!.Length ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, series.Name + "_bucket", $"{series.Labels}{(series.Labels.Length > 0 ? "," : string.Empty)}le=\"{bound}\"", below);
                }

                Line(text, series.Name + "_sum", series.Labels, _value);
                Line(text, series.Name + "_count", series.Labels, _count);
            }
        }

        private static double[] Bounds(InstrumentAdvice<double>? advice) =>
            advice?.HistogramBucketBoundaries is { } bounds ? [.. bounds] : [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0)
            {
                text.Append('{').Append(labels).Append('}');
            }

            text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
    }
}
