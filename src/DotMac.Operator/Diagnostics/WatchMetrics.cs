using DotMac.Kubernetes.Informers;

namespace DotMac.Operator.Diagnostics;

/// <summary>Whether the caches are filled and the watches behind them alive.</summary>
/// <param name="ready">Whether all caches are filled.</param>
/// <param name="informers">The watches.</param>
internal sealed class WatchMetrics(Func<bool> ready, Func<IReadOnlyList<IInformer>> informers) : IMetricSource
{
    /// <inheritdoc />
    public ValueTask WriteAsync(ExpositionWriter writer, CancellationToken cancellationToken)
    {
        const string Ready = "dotmac_operator_ready";
        const string Contact = "dotmac_watch_last_contact_timestamp_seconds";
        writer.Family(Ready, MetricType.Gauge, "1 once all caches are filled: the operator works, or could at any moment.");
        writer.Sample(Ready, string.Empty, ready() ? 1 : 0);

        // Two informers may watch one kind in different scopes: the one that has heard nothing for longer counts.
        var kinds = informers()
            .GroupBy(static informer => informer.Type.ToString(), static informer => informer.LastContact.ToUnixTimeMilliseconds() / 1000d)
            .OrderBy(static kind => kind.Key, StringComparer.Ordinal);
        writer.Family(Contact, MetricType.Gauge, "When a watch heard of the API server last, by kind, in seconds since 1970.");
        foreach (var kind in kinds)
        {
            writer.Sample(Contact, ExpositionWriter.Label("kind", kind.Key), kind.Min());
        }

        return ValueTask.CompletedTask;
    }
}
