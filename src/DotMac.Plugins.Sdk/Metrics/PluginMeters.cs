using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Sdk.Metrics;

/// <summary>
/// Counts calls by operation, webhook and vendor. Only what is declared has a counter: names from outside would be labels without bound. The same counts
/// are instruments of a <see cref="Meter"/>, which read them when somebody collects; a call pays for them once.
/// </summary>
internal sealed class PluginMeters : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DotMac.Plugins";

    private readonly Meter _meter = new(MeterName);
    private readonly IReadOnlyList<Upstream> _upstreams;

    /// <summary>Makes the counters.</summary>
    public PluginMeters(PluginDeclaration declaration)
    {
        _upstreams = declaration.Upstreams;
        Operations = declaration.Operations.All.ToFrozenDictionary(operation => operation.Name, _ => new CallCounter());
        Webhooks = declaration.Webhooks.Keys.ToFrozenDictionary(name => name, _ => new CallCounter());
        Upstreams = _upstreams.ToFrozenDictionary(static upstream => upstream.Name, static upstream => upstream.Calls);
        Instruments("api", "operation", Operations);
        Instruments("webhook", "webhook", Webhooks);
        Instruments("upstream", "upstream", Upstreams);
        _meter.CreateObservableGauge(
            "dotmac.plugin.upstream.available",
            () => _upstreams.Select(static upstream => new Measurement<int>(upstream.IsAvailable ? 1 : 0, KeyValuePair.Create<string, object?>("upstream", upstream.Name))));
    }

    /// <summary>The counters by the operation's name.</summary>
    public FrozenDictionary<string, CallCounter> Operations { get; }

    /// <summary>The counters by the webhook's name.</summary>
    public FrozenDictionary<string, CallCounter> Webhooks { get; }

    /// <summary>The counters by the vendor's name: one count a try.</summary>
    public FrozenDictionary<string, CallCounter> Upstreams { get; }

    /// <summary>Whether each vendor answers.</summary>
    public IReadOnlyDictionary<string, bool> Available => _upstreams.ToDictionary(static upstream => upstream.Name, static upstream => upstream.IsAvailable);

    /// <summary>All operations together, as the status has it.</summary>
    public PluginMetrics Total()
    {
        LatencyHistogram latency = Operations.Values.Aggregate(
            new LatencyHistogram(LatencyBuckets.BoundsMilliseconds, new long[LatencyBuckets.BoundsMilliseconds.Count + 1]),
            (sum, operation) => sum.Merge(operation.Latency));
        return new PluginMetrics(latency.Total(), Operations.Values.Sum(operation => operation.Errors), latency);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Instruments(string kind, string label, IReadOnlyDictionary<string, CallCounter> counters)
    {
        _meter.CreateObservableCounter($"dotmac.plugin.{kind}.calls", () => Measure(counter => counter.Latency.Total()));
        _meter.CreateObservableCounter($"dotmac.plugin.{kind}.errors", () => Measure(counter => counter.Errors));
        _meter.CreateObservableUpDownCounter($"dotmac.plugin.{kind}.in_flight", () => Measure(counter => counter.InFlight));
        _meter.CreateObservableCounter($"dotmac.plugin.{kind}.duration.sum", () => Measure(counter => (long)counter.Latency.SumMilliseconds), "ms");

        IEnumerable<Measurement<long>> Measure(Func<CallCounter, long> value) =>
            counters.Select(pair => new Measurement<long>(value(pair.Value), KeyValuePair.Create<string, object?>(label, pair.Key)));
    }
}
