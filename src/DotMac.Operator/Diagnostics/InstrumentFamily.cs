using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace DotMac.Operator.Diagnostics;

/// <summary>The series of all instruments of one name.</summary>
internal sealed class InstrumentFamily
{
    private static readonly double[] StandardSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // The runtime declares these as counters; OpenTelemetry's conventions, and what they do, say that they go down as well.
    private static readonly string[] NoCounters = ["dotnet.thread_pool.queue.length", "dotnet.thread_pool.thread.count"];

    private readonly ConcurrentDictionary<string, InstrumentSeries> _series = new(StringComparer.Ordinal);
    private readonly string _help;
    private readonly double _scale;
    private readonly double[]? _bounds;
    private readonly bool _adds;
    private readonly bool _observed;
    private readonly int _limit;
    private int _count;
    private long _dropped;

    /// <summary>A family without series.</summary>
    /// <param name="instrument">The first instrument of the name.</param>
    /// <param name="limit">How many series there may be.</param>
    public InstrumentFamily(Instrument instrument, int limit)
    {
        Type = TypeOf(instrument);
        (Name, _scale) = MetricName.Of(instrument, Type);
        _help = instrument.Description is { Length: > 0 } help ? help : instrument.Name;
        _bounds = Type == MetricType.Histogram ? Bounds(instrument, _scale) : null;
        _observed = instrument.IsObservable;
        _adds = !_observed && Open(instrument) != typeof(Gauge<>);
        _limit = limit;
    }

    /// <summary>Its name in the exposition.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public MetricType Type { get; }

    /// <summary>Measurements that found no room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether there is anything to write.</summary>
    public bool IsEmpty => _series.IsEmpty;

    /// <summary>The type that an instrument has in the exposition.</summary>
    public static MetricType TypeOf(Instrument instrument)
    {
        var open = Open(instrument);
        return Array.IndexOf(NoCounters, instrument.Name) >= 0 ? MetricType.Gauge
            : open == typeof(Counter<>) || open == typeof(ObservableCounter<>) ? MetricType.Counter
            : open == typeof(Histogram<>) ? MetricType.Histogram
            : MetricType.Gauge;
    }

    /// <summary>Whether an instrument's values may stand among these.</summary>
    public bool Takes(Instrument instrument) => TypeOf(instrument) == Type && instrument.IsObservable == _observed;

    /// <summary>Counts what has no room here.</summary>
    public void Drop() => Interlocked.Increment(ref _dropped);

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, int pass)
    {
        var labels = Labels(tags);
        if (!_series.TryGetValue(labels, out var series) && !TryAdd(labels, out series))
        {
            Drop();
        }
        else if (_adds)
        {
            series!.Add(value);
        }
        else
        {
            series!.Set(value, pass);
        }
    }

    /// <summary>Forgets what a round of observation did not tell of: it is not there any more.</summary>
    public void Sweep(int pass)
    {
        if (!_observed)
        {
            return;
        }

        foreach (var (labels, series) in _series)
        {
            if (series.Pass != pass && _series.TryRemove(labels, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    /// <summary>Writes all series.</summary>
    public async ValueTask WriteAsync(ExpositionWriter writer, CancellationToken cancellationToken)
    {
        writer.Family(Name, Type, _help);
        foreach (var series in _series.Values.OrderBy(static s => s.Labels, StringComparer.Ordinal))
        {
            series.Write(writer, Name, _scale);
            await writer.DrainAsync(cancellationToken);
        }
    }

    private static Type? Open(Instrument instrument) => instrument.GetType() is { IsGenericType: true } type ? type.GetGenericTypeDefinition() : null;

    private static double[] Bounds(Instrument instrument, double scale) =>
        instrument switch
        {
            Histogram<double> histogram => Of(histogram.Advice),
            Histogram<float> histogram => Of(histogram.Advice),
            Histogram<decimal> histogram => Of(histogram.Advice),
            Histogram<long> histogram => Of(histogram.Advice),
            Histogram<int> histogram => Of(histogram.Advice),
            Histogram<short> histogram => Of(histogram.Advice),
            Histogram<byte> histogram => Of(histogram.Advice),
            _ => null,
        }
        ?? [.. StandardSeconds.Select(seconds => seconds / scale)];

    private static double[]? Of<T>(InstrumentAdvice<T>? advice)
        where T : struct => advice?.HistogramBucketBoundaries is { } bounds
            ? [.. bounds.Select(static bound => Convert.ToDouble(bound, CultureInfo.InvariantCulture))]
            : null;

    private bool TryAdd(string labels, out InstrumentSeries? series)
    {
        if (Interlocked.Increment(ref _count) > _limit)
        {
            Interlocked.Decrement(ref _count);
            return _series.TryGetValue(labels, out series);
        }

        var added = new InstrumentSeries(labels, _bounds);
        series = _series.GetOrAdd(labels, added);
        if (!ReferenceEquals(series, added))
        {
            Interlocked.Decrement(ref _count);
        }

        return true;
    }

    private string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return string.Empty;
        }

        var labels = new List<(string Name, string Text)>(tags.Length);
        foreach (var (key, value) in tags)
        {
            var name = MetricName.Legal(key);

            // A name twice is no exposition, and a histogram's "le" is the format's own.
            if (!labels.Exists(label => label.Name == name) && (_bounds is null || name != "le"))
            {
                labels.Add((name, ExpositionWriter.Label(name, Convert.ToString(value, CultureInfo.InvariantCulture))));
            }
        }

        labels.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return string.Join(',', labels.Select(static label => label.Text));
    }
}
