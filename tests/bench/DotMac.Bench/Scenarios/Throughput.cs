using System.Globalization;
using DotMac.Bench.Load;
using DotMac.Bench.Processes;
using DotMac.Bench.Report;

namespace DotMac.Bench.Scenarios;

/// <summary>Part a: TenantPlugins created until all children are there and the status is written. Each run has an API server of its own.</summary>
internal sealed class Throughput(BenchOptions options, Results results)
{
    private const char Part = 'a';

    private readonly PeerProgram? _peer = options.Peer is null ? null : new PeerProgram(options.Peer);

    public async Task RunAsync()
    {
        results.Step("recording what the operator writes for one TenantPlugin");
        var writes = await Recorder.RecordAsync(options.Operator);
        results.Raw(Part, $"the operator sends {writes.Count} writes for one TenantPlugin: {string.Join("; ", writes)}");

        var (bare, own, withPeerLoad, peer) = (new List<ThroughputRun>(), new List<ThroughputRun>(), new List<ThroughputRun>(), new List<ThroughputRun>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            results.Step($"round {round} of {options.Rounds}");
            bare.Add(await BareAsync(writes));
            own.Add(await OwnLoadAsync(writes.Count));
            if (_peer is not null)
            {
                peer.Add(await PeerAsync());
                withPeerLoad.Add(await OwnUnderPeerLoadAsync());
            }
        }

        if (_peer is not null)
        {
            await using var servers = await Servers.StartAsync();
            var seconds = (await _peer.BareAsync(servers.Kubeconfig, options.Count))["bare_s"];
            results.Raw(Part, Text($"bare loop of the client-go operator, {options.Count * 8} writes: {seconds:0.00} s"));
        }

        Summarize(bare, own, withPeerLoad, peer);
    }

    /// <summary>The operator under its own load and nothing to compare with: for a profiler, or to try a setting.</summary>
    public async Task RunAloneAsync()
    {
        for (var round = 1; round <= options.Rounds; round++)
        {
            await OwnLoadAsync(6);
        }
    }

    private void Summarize(List<ThroughputRun> bare, List<ThroughputRun> own, List<ThroughputRun> withPeerLoad, List<ThroughputRun> peer)
    {
        static double Median(List<ThroughputRun> runs, Func<ThroughputRun, double> value) => runs.Select(value).Median();
        var wall = Median(own, static r => r.Wall);
        results.Add(Figure.Told(Part, $"wall time, {options.Count} TenantPlugins", wall, "s"));
        results.Add(Figure.Told(Part, "processor time of the operator", Median(own, static r => r.Cpu), "s"));
        results.Add(Figure.Told(Part, "resident afterwards", Median(own, static r => r.Resident), "MiB", "0"));
        results.Add(Figure.AtMost(Part, "wall ÷ bare loop of the same writes", wall / Median(bare, static r => r.Wall), 1.3, string.Empty));
        if (peer.Count == 0)
        {
            results.Add(new Figure(Part, "÷ client-go operator", "not measured: its source is not beside this repository"));
            return;
        }

        double Ratio(Func<ThroughputRun, double> value) => Median(withPeerLoad, value) / Median(peer, value);
        results.Add(Figure.AtMost(Part, "wall ÷ client-go operator", Ratio(static r => r.Wall), 1.0, string.Empty));
        results.Add(Figure.AtMost(Part, "processor time ÷ client-go operator", Ratio(static r => r.Cpu), 1.0, string.Empty));
        results.Add(Figure.AtMost(Part, "resident ÷ client-go operator", Ratio(static r => r.Resident), 1.2, string.Empty));
    }

    private async Task<ThroughputRun> BareAsync(IReadOnlyList<RecordedWrite> writes)
    {
        await using var servers = await Servers.StartAsync();
        await Tenants.PrepareAsync(servers.Plane);
        var cpu = servers.CpuSeconds;
        var wall = await OwnLoad.BareAsync(servers, options.Count, writes);
        var run = new ThroughputRun(wall.TotalSeconds, 0, servers.CpuSeconds - cpu, 0);
        results.Raw(Part, Text($"bare loop, {options.Count * (writes.Count + 1)} writes: {run.Wall:0.00} s; servers {run.ServerCpu:0.0} CPU s"));
        await TellRequestsAsync(servers);
        return run;
    }

    private async Task<ThroughputRun> OwnLoadAsync(int expectedWrites)
    {
        await using var servers = await Servers.StartAsync();
        await Tenants.PrepareAsync(servers.Plane);
        await using var subject = await OperatorProgram.StartAsync(options.Operator, servers.Kubeconfig);
        await subject.SettleAsync();
        var mark = await servers.Plane.MarkAsync();
        var (cpu, server) = (subject.Sample.CpuSeconds, servers.CpuSeconds);
        var load = await OwnLoad.RunAsync(servers, 0, options.Count);
        var run = new ThroughputRun(load.Converged.TotalSeconds, subject.Sample.CpuSeconds - cpu, servers.CpuSeconds - server, subject.Sample.ResidentMiB);
        var sent = (await servers.Plane.WritesAsync(OperatorProgram.UserAgent, mark)).Where(static w => w.Resource != "leases").ToArray();
        results.Raw(Part, Text($"operator, own load: created {load.Created.TotalSeconds:0.00} s, converged {run.Wall:0.00} s, {run.Cpu:0.00} CPU s, {run.Resident:0} MiB; servers {run.ServerCpu:0.0} CPU s; {sent.Length} writes ({options.Count * expectedWrites} expected), {sent.Count(static w => w.Code >= 400)} refused"));
        await TellRequestsAsync(servers);
        return run;
    }

    private async Task<ThroughputRun> PeerAsync()
    {
        await using var servers = await Servers.StartAsync();
        await using var subject = await _peer!.StartOperatorAsync(servers.Kubeconfig);
        return await UnderPeerLoadAsync("client-go operator", servers, subject.Pid);
    }

    private async Task<ThroughputRun> OwnUnderPeerLoadAsync()
    {
        await using var servers = await Servers.StartAsync();
        await using var subject = await OperatorProgram.StartAsync(options.Operator, servers.Kubeconfig);
        await subject.SettleAsync();
        return await UnderPeerLoadAsync("operator", servers, subject.Pid);
    }

    private async Task<ThroughputRun> UnderPeerLoadAsync(string name, Servers servers, int pid)
    {
        var server = servers.CpuSeconds;
        var told = await _peer!.LoadAsync(servers.Kubeconfig, options.Count, pid, TimeSpan.FromSeconds(5));
        var run = new ThroughputRun(told["converged_s"], told["cpu_s"], servers.CpuSeconds - server, ProcessSample.Of(pid).ResidentMiB);
        results.Raw(Part, Text($"{name}, load of the client-go operator: created {told["created_s"]:0.00} s, converged {run.Wall:0.00} s, {run.Cpu:0.00} CPU s, {run.Resident:0} MiB; servers {run.ServerCpu:0.0} CPU s (with 5 s idle); idle writes {told["writes"]:0}"));
        await TellRequestsAsync(servers);
        return run;
    }

    private async Task TellRequestsAsync(Servers servers)
    {
        var times = (await servers.RequestTimesAsync()).Where(static t => t.Value.Count >= 100).OrderByDescending(static t => t.Value.Seconds);
        results.Raw(Part, "  requests (mean ms): " + string.Join(", ", times.Select(static t => Text($"{t.Key} {t.Value.Count:0} × {1000 * t.Value.Seconds / t.Value.Count:0.0}"))));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
