using System.Diagnostics;
using System.Globalization;
using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Faults;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Soak;

/// <summary>
/// A long time of random faults with changes going on: <c>DOTMAC_SOAK_SECONDS</c> says how long, three minutes unless set. Progress goes
/// to the file <c>DOTMAC_SOAK_PROGRESS</c> too, for those who wait.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class SoakTests(SharedControlPlane fixture, ITestOutputHelper output)
{
    // A fault comes about once a second, and costs a watch, or a list and a watch, or a few of them while it lasts.
    private const double MostRequestsASecond = 4;

    // The waits begin with 100 ms: ten lists and ten watches is what those can bring in a second that keep to them.
    private const int MostInOneSecond = 20;

    // Connections count by themselves: one that is refused brings no request.
    private const double MostConnectionsASecond = 4;

    // What a quiet heap differs by from one time to another. A leak of half a KiB a change is twice that after two minutes.
    private const long MemorySlack = 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Checkpoint = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(30);

    private readonly WatchedOptions _options = new()
    {
        Keeps = false,
        Names = [.. Enumerable.Range(0, 40).Select(static i => $"map-{i:00}")],
        Pace = TimeSpan.FromMilliseconds(25),
    };

    private readonly string? _progress = Environment.GetEnvironmentVariable("DOTMAC_SOAK_PROGRESS");

    [Fact]
    public async Task The_store_equals_the_list_again_and_again_memory_is_flat_and_there_is_no_hot_loop()
    {
        var duration = TimeSpan.FromSeconds(
            double.Parse(Environment.GetEnvironmentVariable("DOTMAC_SOAK_SECONDS") is { Length: > 0 } text ? text : "180", CultureInfo.InvariantCulture));
        var warm = duration / 3 < TimeSpan.FromMinutes(1) ? duration / 3 : TimeSpan.FromMinutes(1);
        var seed = Environment.TickCount;
        var lists = 0;
        var proxy = new FaultProxyOptions { Seen = facts => Interlocked.Add(ref lists, facts.Verb == RequestVerb.List ? 1 : 0) };
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Seed = seed, Proxy = proxy });
        Say($"seed {seed}, {duration.TotalSeconds:0} s");

#pragma warning disable CA5394 // Chance, not secrets.
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        var (checkpoint, report, faults, before, now) = (Checkpoint, Report, 0, 0L, 0L);
        var all = run.Proxy.Requests.Mark();
        var (since, connections, peak) = (all, run.Proxy.Network.Accepted, 0);
        while (clock.Elapsed < duration)
        {
            var trouble = Trouble.All[random.Next(Trouble.All.Count)];
            trouble.Happen(run.Proxy);
            faults++;
            await Watched.PassAsync(TimeSpan.FromMilliseconds(random.Next(100, 1500)));
            if (random.Next(2) == 0)
            {
                run.Proxy.Calm();
            }

            if (clock.Elapsed >= checkpoint)
            {
                now = await QuietAsync(run);
                before = before == 0 && clock.Elapsed >= warm ? now : before;
                run.Resume();
                checkpoint = clock.Elapsed + Checkpoint;
            }

            if (clock.Elapsed >= report)
            {
                // The meter remembers ten minutes, so its peaks are collected on the way.
                Tell(run, clock.Elapsed, faults, since, now);
                peak = Math.Max(peak, run.Proxy.Requests.PeakSince(since));
                since = run.Proxy.Requests.Mark();
                report = clock.Elapsed + Report;
            }
        }
#pragma warning restore CA5394

        now = await QuietAsync(run);
        peak = Math.Max(peak, run.Proxy.Requests.PeakSince(since));
        var (requests, elapsed) = run.Proxy.Requests.Since(all);
        connections = run.Proxy.Network.Accepted - connections;
        Tell(run, clock.Elapsed, faults, all, now);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{requests} requests, {lists} of them lists, at most {peak} in a second; {run.Proxy.Plan.Applied} met a fault; " +
            $"{connections} connections; memory {Text(before)} after warming up, {Text(now)} at the end"));

        run.Writer.Changes.Should().BeGreaterThan((int)(duration.TotalSeconds * 2), "changes went on");
        run.Proxy.Plan.Applied.Should().BeGreaterThan((int)(duration.TotalSeconds / 10), "faults did happen");
        lists.Should().BeGreaterThan((int)(duration.TotalSeconds / 30), "now and then no watch could go on");
        (requests / elapsed.TotalSeconds).Should().BeLessThan(MostRequestsASecond, "there is no hot loop");
        peak.Should().BeLessThanOrEqualTo(MostInOneSecond, "there is no hot loop, not for a second");
        (connections / elapsed.TotalSeconds).Should().BeLessThan(MostConnectionsASecond, "there is no hot loop of connections");
        before.Should().BePositive("it lasted long enough to warm up");
        now.Should().BeLessThan(before + MemorySlack, "memory is flat: after warming up it was {0} bytes", before);
    }

    // The faults are over, the store equals the list, nothing changes: what is in memory now has come to stay.
    private static async Task<long> QuietAsync(Watched run)
    {
        run.Proxy.Calm();
        await run.AgreesAsync(Deadline, complete: false);
        await Eventually.BeTrueAsync(
            () => run.Proxy.OpenWatches == 1, Deadline, () => $"one watch is open, not {run.Proxy.OpenWatches}; log:\n{run.Log.Text}");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.00} MiB");

    private void Tell(Watched run, TimeSpan at, int faults, RequestMark since, long memory)
    {
        var (requests, elapsed) = run.Proxy.Requests.Since(since);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{at.TotalSeconds,6:0} s: {run.Writer.Changes} changes, {faults} faults, {run.History.Count} told, {run.Reconciler.Calls} reconciles, " +
            $"{requests / elapsed.TotalSeconds:0.00} requests/s (at most {run.Proxy.Requests.PeakSince(since)} in one), store {run.Informer.Store.Count}, " +
            $"{run.Proxy.Network.Accepted} connections, {run.Proxy.Network.Connections} open, {Text(memory)}"));
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        if (!string.IsNullOrEmpty(_progress))
        {
            File.AppendAllText(_progress, line + "\n");
        }
    }
}
