using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Bench.Load;
using DotMac.Bench.Processes;
using DotMac.Bench.Report;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Bench.Scenarios;

/// <summary>
/// Part b: from a change to the start of its reconcile. One process holds the writer, an informer and a controller whose reconcile takes
/// the time; all times are of one Stopwatch. When the bytes of an event arrive is not known to anybody, so three spans are measured that
/// end when the reconcile starts: from before the PATCH was sent, from when its answer had been read, and from when the informer had
/// parsed the event.
/// </summary>
internal sealed class Latency(BenchOptions options, Results results)
{
    private const int Probed = 100;
    private const int WarmUp = 100;
    private const int Samples = 500;
    private const int LoadPerSecond = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private int _probe;

    public async Task RunAsync()
    {
        results.Step("from change to reconcile, for part b");
        await using var servers = await Servers.StartAsync();
        await Tenants.PrepareAsync(servers.Plane);
        using (var writer = new RawWriter(servers.Plane.Configuration("dotmac-bench")))
        {
            await Writers.ForEachAsync(0, options.Count, async i => await writer.CreatePluginAsync(i));
        }

        using var inner = servers.CreateClient();
        var arrivals = new Timestamps();
        var starts = new Timestamps();
        var informers = new SharedInformerFactory(new TimedClient(inner, arrivals), NullLogger<SharedInformerFactory>.Instance);
        using var manager = new ControllerManager(inner, informers, NullEventRecorder.Instance, NullLogger<ControllerManager>.Instance);
        manager.AddController("bench", informers.Get<TenantPlugin>(), new TimestampController(starts));
        using var stop = new CancellationTokenSource();
        var running = manager.RunAsync(stop.Token);
        while (!manager.IsReady)
        {
            await Task.Delay(10);
        }

        await SampleAsync(servers, arrivals, starts, WarmUp);
        Tell("idle", await SampleAsync(servers, arrivals, starts, Samples), 2, 10);
        using var loadStop = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var load = LoadAsync(servers, loadStop.Token);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var loaded = await SampleAsync(servers, arrivals, starts, Samples);
        await loadStop.CancelAsync();
        results.Raw('b', Text($"load: {await load:0} changes of other TenantPlugins a second"));
        Tell("under load", loaded, null, null);
        await stop.CancelAsync();
        await running;
    }

    private async Task<IReadOnlyList<Spans>> SampleAsync(Servers servers, Timestamps arrivals, Timestamps starts, int count)
    {
        using var client = servers.CreateClient();
        var plugins = client.Resource<TenantPlugin>();
        var spans = new List<Spans>();
        for (var i = 0; i < count; i++)
        {
            // Every visit to an object brings it another number: a change that changes nothing is no event.
            var (turn, index) = Math.DivRem(_probe++, Probed);
            var patch = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 1 + (turn % 100) } };
            var key = new ObjectKey(Tenants.Namespace(index), Tenants.Name(index));
            var sent = Stopwatch.GetTimestamp();
            var written = await plugins.PatchAsync(key, patch);
            var answered = Stopwatch.GetTimestamp();
            if (await starts.FindAsync(written.Metadata.ResourceVersion!) is { } started && arrivals.Find(written.Metadata.ResourceVersion!) is { } arrived)
            {
                spans.Add(new Spans(
                    Stopwatch.GetElapsedTime(sent, started).TotalMilliseconds,
                    Milliseconds(answered, started),
                    Milliseconds(arrived, started)));
            }

            await Task.Delay(Between);
        }

        return spans;
    }

    // Evenly, by the clock: a load that waits for its answers would slow down just when the server does.
    private async Task<double> LoadAsync(Servers servers, CancellationToken stop)
    {
        using var client = servers.CreateClient("dotmac-bench-load");
        var plugins = client.Resource<TenantPlugin>();
        var watch = Stopwatch.StartNew();
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers.Concurrency).Select(async worker =>
        {
            for (var turn = 0; !stop.IsCancellationRequested; turn++)
            {
                var index = Probed + (((turn * Writers.Concurrency) + worker) % (options.Count - Probed));
                var patch = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 1 + (turn % 100) } };
                await plugins.PatchAsync(new ObjectKey(Tenants.Namespace(index), Tenants.Name(index)), patch, null, CancellationToken.None);
                Interlocked.Increment(ref done);
                var due = TimeSpan.FromSeconds((double)(turn + 1) * Writers.Concurrency / LoadPerSecond) - watch.Elapsed;
                if (due > TimeSpan.Zero)
                {
                    await Task.Delay(due, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }));
        return done / watch.Elapsed.TotalSeconds;
    }

    private void Tell(string when, IReadOnlyList<Spans> spans, double? medianLimit, double? highLimit)
    {
        (string Name, Func<Spans, double> Value)[] kinds =
        [
            ("PATCH sent → reconcile", static s => s.FromSent),
            ("PATCH answered → reconcile", static s => s.FromAnswered),
            ("event parsed → reconcile", static s => s.FromParsed),
        ];
        foreach (var (name, value) in kinds)
        {
            results.Raw('b', Text($"{when}, {name}: p50 {spans.Select(value).Percentile(0.5):0.000} ms, p99 {spans.Select(value).Percentile(0.99):0.000} ms, most {spans.Max(value):0.000} ms, least {spans.Min(value):0.000} ms, of {spans.Count}"));
        }

        var (median, high) = (spans.Select(kinds[1].Value).Percentile(0.5), spans.Select(kinds[1].Value).Percentile(0.99));
        results.Add(medianLimit is { } m ? Figure.AtMost('b', $"{when}, p50", median, m, "ms") : Figure.Told('b', $"{when}, p50", median, "ms"));
        results.Add(highLimit is { } h ? Figure.AtMost('b', $"{when}, p99", high, h, "ms") : Figure.Told('b', $"{when}, p99", high, "ms"));
    }

    // Negative when the event was there before the answer.
    private static double Milliseconds(long from, long to) => 1000.0 * (to - from) / Stopwatch.Frequency;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
