using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DotMac.Operator.Diagnostics;

/// <summary>Collects the instruments of meters and writes them in Prometheus' text format.</summary>
internal sealed class PrometheusExporter : IMetricSource, IDisposable
{
    /// <summary>How many series of one name there may be. What varies without bound must not eat the process, nor Prometheus.</summary>
    public const int StandardLimit = 1000;

    private const string DroppedName = "dotmac_metrics_dropped_total";
    private const string FailedName = "dotmac_metrics_failed_total";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, InstrumentFamily> _families = new(StringComparer.Ordinal);
    private readonly int _limit;

    // One round of observation at a time: what a round did not tell of is gone after it.
    private readonly Lock _gate = new();
    private int _pass;
    private long _failed;

    /// <summary>Listens to the meters whose names begin with one of these.</summary>
    public PrometheusExporter(params string[] meters)
        : this(StandardLimit, meters)
    {
    }

    /// <inheritdoc cref="PrometheusExporter(string[])"/>
    /// <param name="limit">How many series of one name there may be.</param>
    /// <param name="meters">The beginnings of names.</param>
    public PrometheusExporter(int limit, params string[] meters)
    {
        _limit = limit;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Array.Exists(meters, name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal)))
            {
                Enable(instrument, listener);
            }
        };
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    /// <inheritdoc />
    public async ValueTask WriteAsync(ExpositionWriter writer, CancellationToken cancellationToken)
    {
        Observe();
        foreach (var family in _families.Values.Where(static f => !f.IsEmpty).OrderBy(static f => f.Name, StringComparer.Ordinal))
        {
            await family.WriteAsync(writer, cancellationToken);
        }

        var lossy = _families.Values.Where(static f => f.Dropped > 0).OrderBy(static f => f.Name, StringComparer.Ordinal).ToList();
        if (lossy.Count > 0)
        {
            writer.Family(DroppedName, MetricType.Counter, "Measurements that were left out, by metric: it has too many series, or two types.");
            lossy.ForEach(family => writer.Sample(DroppedName, ExpositionWriter.Label("metric", family.Name), family.Dropped));
        }

        if (Interlocked.Read(ref _failed) is > 0 and var failed)
        {
            writer.Family(FailedName, MetricType.Counter, "Rounds of observation in which an instrument failed.");
            writer.Sample(FailedName, string.Empty, failed);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Enable(Instrument instrument, MeterListener listener)
    {
        var name = MetricName.Of(instrument, InstrumentFamily.TypeOf(instrument)).Text;
        var family = _families.GetOrAdd(name, static (_, of) => new InstrumentFamily(of.Instrument, of.Limit), (Instrument: instrument, Limit: _limit));
        if (family.Takes(instrument))
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
        else
        {
            // Two types under one name make the whole page unreadable.
            family.Drop();
        }
    }

    private void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((InstrumentFamily)family!).Record(value, tags, Volatile.Read(ref _pass));

    private void Observe()
    {
        lock (_gate)
        {
            var pass = unchecked(++_pass);
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // The other instruments have told all the same.
                Interlocked.Increment(ref _failed);
            }

            foreach (var family in _families.Values)
            {
                family.Sweep(pass);
            }
        }
    }
}
