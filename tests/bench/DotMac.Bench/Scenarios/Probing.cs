using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DotMac.Bench.Load;
using DotMac.Bench.Processes;
using DotMac.Bench.Report;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Bench.Scenarios;

/// <summary>
/// Part g: every plugin has a pod that is asked every 15 s. Nobody runs Deployments here: their status and the pods are written as a kubelet
/// and the deployment controller would. First nothing changes, then every number of every plugin does at every asking, and while that goes
/// on some plugins fall ill.
/// </summary>
internal sealed class Probing(BenchOptions options, Results results)
{
    private const int Ill = 100;
    private const double MostWritesPerSecond = 170;
    private const double SlowestSeconds = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moving = TimeSpan.FromSeconds(180);

    // All have been written once in motion before it counts.
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(75);

    public async Task RunAsync()
    {
        var count = options.Plugins;
        results.Step(Text($"{count} TenantPlugins with a pod each, for part g"));
        await using var servers = await Servers.StartAsync();
        await Tenants.PrepareAsync(servers.Plane);
        await using var plugins = await PluginStandIn.StartAsync(count);
        await using var subject = await OperatorProgram.StartAsync(
            options.Operator, servers.Kubeconfig, "--probe-route", "PodAddress", "--probe-interval", Text($"{Interval.TotalSeconds}s"), "--status-metrics-interval", "60s");
        await OwnLoad.RunAsync(servers, 0, count, patience: Patience);
        await RunPodsAsync(servers, count);
        using var client = servers.CreateClient();
        var seen = new ConcurrentDictionary<string, long>();
        var healthy = new ConcurrentDictionary<string, bool>();
        var informer = new SharedInformer<TenantPlugin>(client.Resource<TenantPlugin>(), new InformerOptions<TenantPlugin>(), NullLogger.Instance);
        informer.Subscribe(change => Note(change.Object, healthy, seen));
        using var stop = new CancellationTokenSource();
        var watching = informer.RunAsync(stop.Token);
        await UntilAsync(() => healthy.Count == count, () => Text($"{healthy.Count} of {count} are healthy"));
        await Task.Delay(Interval * 2);

        await StillAsync(servers, subject, plugins);
        plugins.IsMoving = true;
        await Task.Delay(Warm);
        await MovingAsync(servers, subject, plugins, seen, count);
        await stop.CancelAsync();
        await watching;
    }

    private async Task StillAsync(Servers servers, OperatorProgram subject, PluginStandIn plugins)
    {
        var (writes, cpu, asked, _) = await DuringAsync(servers, subject, plugins, Still, () => Task.CompletedTask);
        results.Raw('g', Text($"nothing changes: {writes} writes, {asked:0} askings a second, {100 * cpu:0.0} % of a core, {subject.Sample.ResidentMiB:0} MiB resident"));
        results.Add(Figure.AtMost('g', Text($"writes a minute, {options.Plugins} plugins asked and nothing changed"), writes / Still.TotalMinutes, 0, string.Empty, "0"));
        results.Add(Figure.Told('g', "processor, asking", 100 * cpu, "% of a core", "0.0"));
        results.Add(Figure.Told('g', Text($"resident, {options.Plugins} plugins with all their children and a pod each"), subject.Sample.ResidentMiB, "MiB", "0"));
    }

    private async Task MovingAsync(Servers servers, OperatorProgram subject, PluginStandIn plugins, ConcurrentDictionary<string, long> seen, int count)
    {
        var (writes, cpu, asked, elapsed) = await DuringAsync(servers, subject, plugins, Moving, async () =>
        {
            for (var i = 0; i < Ill; i++)
            {
                plugins.Degrade(i * (count / Ill));
                await Task.Delay(Moving / (2 * Ill));
            }
        });
        await UntilAsync(() => seen.Count >= Ill, () => Text($"{seen.Count} of {Ill} were seen to be ill"));
        var spans = Enumerable.Range(0, Ill)
            .Select(i => i * (count / Ill))
            .Select(i => Stopwatch.GetElapsedTime(plugins.ToldAt(i), seen[Tenants.Name(i)]).TotalSeconds)
            .ToList();
        var perSecond = writes / elapsed.TotalSeconds;
        results.Raw('g', Text($"every number changes: {perSecond:0.0} writes a second, {asked:0} askings a second, {100 * cpu:0.0} % of a core, {subject.Sample.ResidentMiB:0} MiB resident"));
        results.Raw('g', Text($"asking that found a plugin ill → its status seen by a watch: p50 {spans.Percentile(0.5):0.000} s, p99 {spans.Percentile(0.99):0.000} s, most {spans.Max():0.000} s, of {spans.Count}"));
        results.Add(Figure.AtMost('g', "writes a second, every number changed", perSecond, MostWritesPerSecond, string.Empty, "0.0"));
        results.Add(Figure.AtMost('g', "change of health until it is seen, at the same time, the most", spans.Max(), SlowestSeconds, "s", "0.000"));
        results.Add(Figure.Told('g', "processor, asking and writing", 100 * cpu, "% of a core", "0.0"));
    }

    private static async Task<(int Writes, double Cores, double Asked, TimeSpan Elapsed)> DuringAsync(
        Servers servers, OperatorProgram subject, PluginStandIn plugins, TimeSpan time, Func<Task> meanwhile)
    {
        var mark = await servers.Plane.MarkAsync();
        var (cpu, asked, watch) = (subject.Sample.CpuSeconds, plugins.Asked, Stopwatch.StartNew());
        await Task.WhenAll(Task.Delay(time), meanwhile());
        var elapsed = watch.Elapsed;
        var (used, told) = (subject.Sample.CpuSeconds - cpu, plugins.Asked - asked);
        var writes = await servers.Plane.WritesAsync(OperatorProgram.UserAgent, mark);
        return (writes.Count(static w => !w.ToString().Contains("leases", StringComparison.Ordinal)), used / elapsed.TotalSeconds, told / elapsed.TotalSeconds, elapsed);
    }

    private static void Note(TenantPlugin plugin, ConcurrentDictionary<string, bool> healthy, ConcurrentDictionary<string, long> ill)
    {
        switch (plugin.Status?.Health?.State)
        {
            case HealthState.Healthy:
                healthy[plugin.Metadata.Name!] = true;
                break;
            case HealthState.Degraded:
                ill.TryAdd(plugin.Metadata.Name!, Stopwatch.GetTimestamp());
                break;
        }
    }

    private static async Task RunPodsAsync(Servers servers, int count)
    {
        using var writer = new RawWriter(servers.Plane.Configuration("dotmac-bench"));
        await Writers.ForEachAsync(0, count, async i =>
        {
            var (ns, name) = (Tenants.Namespace(i), Tenants.Name(i));
            await writer.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{ns}/pods", Pod(name), "application/json");
            await writer.SendAsync(HttpMethod.Patch, $"api/v1/namespaces/{ns}/pods/{name}-0/status", PodStatus(i), "application/merge-patch+json");
            await writer.SendAsync(
                HttpMethod.Patch,
                $"apis/apps/v1/namespaces/{ns}/deployments/{name}/status",
                """{"status":{"observedGeneration":1,"replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1}}""",
                "application/merge-patch+json");
        });
    }

    private static string Pod(string name) => $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}-0","labels":{"app.kubernetes.io/managed-by":"dotmac-operator"},"annotations":{"vault.hashicorp.com/agent-inject-status":"injected"}},
         "spec":{"serviceAccountName":"{{{name}}}","nodeName":"none","containers":[{"name":"plugin","image":"example.invalid/bench:1.0.0"}]}}
        """;

    private static string PodStatus(int index) => $$$$"""
        {"status":{"phase":"Running","podIP":"{{{{PluginStandIn.Address(index)}}}}","conditions":[{"type":"Ready","status":"True"}],
         "containerStatuses":[{"name":"plugin","ready":true,"restartCount":0,"image":"example.invalid/bench:1.0.0","imageID":"","state":{"running":{}}}]}}
        """;

    private static async Task UntilAsync(Func<bool> done, Func<string> so)
    {
        for (var waited = Stopwatch.StartNew(); !done(); await Task.Delay(TimeSpan.FromMilliseconds(200)))
        {
            if (waited.Elapsed > Patience)
            {
                throw new TimeoutException(so());
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
