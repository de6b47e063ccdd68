using System.Globalization;
using DotMac.Bench.Load;
using DotMac.Bench.Processes;
using DotMac.Bench.Report;

namespace DotMac.Bench.Scenarios;

/// <summary>Parts d and e, and the small half of c: 1,000 TenantPlugins with all their children are there, and nothing happens.</summary>
internal sealed class Steady(BenchOptions options, Results results)
{
    private const int Restarts = 3;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    public async Task RunAsync()
    {
        results.Step(Text($"{options.Count} TenantPlugins with their children, for parts c, d and e"));
        await using var servers = await Servers.StartAsync();
        await Tenants.PrepareAsync(servers.Plane);
        var subject = await OperatorProgram.StartAsync(options.Operator, servers.Kubeconfig);
        await using (subject)
        {
            await OwnLoad.RunAsync(servers, 0, options.Count);
            await subject.SettleAsync();
            if (options.Has('d'))
            {
                await IdleAsync(servers, subject);
            }

            if (options.Has('c'))
            {
                results.Raw('c', Text($"operator with {options.Count} TenantPlugins and all their children: {subject.Sample.ResidentMiB:0} MiB resident"));
                await ObjectSizes.MeasureAsync(servers, results);
            }
        }

        if (options.Has('e'))
        {
            await RestartAsync(servers);
        }
    }

    private async Task IdleAsync(Servers servers, OperatorProgram subject)
    {
        results.Step(Text($"idle for {Idle.TotalSeconds:0} s"));
        var mark = await servers.Plane.MarkAsync();
        var cpu = subject.Sample.CpuSeconds;
        await Task.Delay(Idle);
        var used = subject.Sample.CpuSeconds - cpu;
        var requests = await servers.Plane.RequestsAsync(OperatorProgram.UserAgent, mark);
        var writes = requests.Where(static r => r.IsWrite).ToArray();
        results.Raw('d', Text($"{Idle.TotalSeconds:0} s idle: {used:0.00} CPU s, {writes.Length} writes, {requests.Count} requests in all {string.Join("; ", requests.Take(10))}"));
        results.Add(Figure.AtMost('d', "writes a minute, idle", writes.Length / Idle.TotalMinutes, 0, string.Empty, "0"));
        results.Add(Figure.AtMost('d', "processor, idle", 100 * used / Idle.TotalSeconds, 1, "% of a core"));
    }

    private async Task RestartAsync(Servers servers)
    {
        results.Step("restart with everything present");
        var (startups, writes) = (new List<double>(), 0);
        for (var i = 0; i < Restarts; i++)
        {
            var mark = await servers.Plane.MarkAsync();
            await using var subject = await OperatorProgram.StartAsync(options.Operator, servers.Kubeconfig);
            var ready = subject.Sample;
            await subject.SettleAsync();
            var sent = await servers.Plane.WritesAsync(OperatorProgram.UserAgent, mark);
            var settled = subject.Sample;
            startups.Add(subject.Startup.TotalSeconds);
            writes = Math.Max(writes, sent.Count);
            results.Raw('e', Text($"restart: ready after {startups[^1]:0.00} s and {ready.CpuSeconds:0.00} CPU s; settled at {settled.CpuSeconds:0.00} CPU s, {settled.ResidentMiB:0} MiB; {sent.Count} writes {string.Join("; ", sent.Take(5))}"));
        }

        results.Add(Figure.AtMost('e', Text($"writes after a restart with {options.Count} present, the most of {Restarts}"), writes, 0, string.Empty, "0"));
        results.Add(Figure.AtMost('e', Text($"time to ready, median of {Restarts}"), startups.Median(), 3, "s"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
