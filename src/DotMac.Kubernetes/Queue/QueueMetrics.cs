using System.Diagnostics.Metrics;
using DotMac.Kubernetes.Diagnostics;

namespace DotMac.Kubernetes.Queue;

/// <summary>A queue's instruments, under client-go's names.</summary>
internal sealed class QueueMetrics : IDisposable
{
    private static readonly double[] Buckets = [1e-6, 1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1, 10, 60];

    private readonly KeyValuePair<string, object?>[] _labels;
    private readonly Counter<long> _added;
    private readonly Counter<long> _retried;
    private readonly Histogram<double> _waited;
    private readonly Histogram<double> _worked;
    private readonly Meter _meter;

    public QueueMetrics(string name, Func<QueueState> observe)
    {
        _labels = [new("name", name), new("controller", name)];

        // A meter of the queue's own: its gauges, which hold on to the queue, end with it.
        _meter = new Meter(KubernetesMetrics.MeterName);
        var buckets = new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets };
        _added = _meter.CreateCounter<long>("workqueue_adds_total", description: "Keys added.");
        _retried = _meter.CreateCounter<long>("workqueue_retries_total", description: "Keys added again after a failure.");
        _waited = _meter.CreateHistogram(
            "workqueue_queue_duration_seconds", description: "Seconds that keys waited before they were taken.", advice: buckets);
        _worked = _meter.CreateHistogram("workqueue_work_duration_seconds", description: "Seconds that work on a key took.", advice: buckets);
        _meter.CreateObservableGauge("workqueue_depth", () => new Measurement<long>(observe().Depth, _labels), description: "Keys that wait.");
        _meter.CreateObservableGauge(
            "workqueue_unfinished_work_seconds",
            () => new Measurement<double>(observe().UnfinishedSeconds, _labels),
            description: "Seconds of work under way, all workers together.");
        _meter.CreateObservableGauge(
            "workqueue_longest_running_processor_seconds",
            () => new Measurement<double>(observe().LongestSeconds, _labels),
            description: "Seconds that the longest piece of work has run.");
    }

    public void Added() => _added.Add(1, _labels);

    public void Retried() => _retried.Add(1, _labels);

    public void Taken(double waitedSeconds) => _waited.Record(waitedSeconds, _labels);

    public void Worked(double seconds) => _worked.Record(seconds, _labels);

    public void Dispose() => _meter.Dispose();
}
