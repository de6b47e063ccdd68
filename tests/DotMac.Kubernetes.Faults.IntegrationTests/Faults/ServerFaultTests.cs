using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Faults;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Faults;

/// <summary>What a server, or a proxy on the way, can answer instead of opening a watch or telling a list, with changes going on.</summary>
public sealed class ServerFaultTests(SharedControlPlane fixture, ITestOutputHelper output) : IClassFixture<SharedControlPlane>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly WatchedOptions _options = new();

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.BadGateway, "BadGateway")]
    [InlineData(HttpStatusCode.GatewayTimeout, "Timeout")]
    [InlineData(HttpStatusCode.Unauthorized, "Unauthorized")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden")]
    [InlineData(HttpStatusCode.NotFound, "NotFound")]
    public async Task It_refuses_for_a_while(HttpStatusCode code, string reason)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, elapsed) = await StormAsync(run, FaultMatch.Anything, new FaultAction.Answer(code, reason), StreamFault.Reset);
        requests.Should().BeInRange(2, _options.Backoff.MostTries(elapsed) + 1);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, 1)]
    [InlineData(HttpStatusCode.TooManyRequests, null)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 2)]
    public async Task It_asks_to_be_asked_later_and_is(HttpStatusCode code, int? seconds)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, elapsed) = await StormAsync(run, FaultMatch.Anything, new FaultAction.Answer(code, "Busy", seconds), StreamFault.Reset);
        requests.Should().BeInRange(2, 1 + (int)(elapsed.TotalSeconds / (seconds ?? 1)));
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Fact]
    public async Task It_asks_to_be_asked_at_once_and_is_not_stormed()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, elapsed) = await StormAsync(
            run, FaultMatch.Anything, new FaultAction.Answer(HttpStatusCode.TooManyRequests, "Busy", 0), StreamFault.Reset);

        // 100 ms, 200 ms, … between the tries of a request, and then the informer's own waits.
        requests.Should().BeInRange(2, _options.Backoff.MostTries(elapsed) + 6);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Fact]
    public async Task It_says_410_to_every_watch_and_is_not_stormed_with_lists()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, elapsed) = await StormAsync(run, FaultMatch.Watches, new FaultAction.Answer(HttpStatusCode.Gone, "Expired"), StreamFault.Reset);
        requests.Should().BeInRange(4, 2 * (_options.Backoff.MostTries(elapsed) + 2));
        await run.AgreesAsync(Deadline, complete: false);
    }

    [Fact]
    public async Task It_cuts_requests_off()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, elapsed) = await StormAsync(run, FaultMatch.Anything, new FaultAction.Drop(), StreamFault.Reset);
        requests.Should().BeInRange(2, _options.Backoff.MostTries(elapsed) + 1);
        await run.AgreesAsync(Deadline, complete: true);
    }

    /// <summary>Those that were cut off together are not to come back together, nor all the sooner the longer it lasts.</summary>
    [Fact]
    public async Task It_cuts_requests_off_and_the_waits_grow_and_are_nobody_elses()
    {
        var times = new ConcurrentQueue<long>();
        var backoff = _options.Backoff;
        var proxy = new FaultProxyOptions { Seen = _ => times.Enqueue(Stopwatch.GetTimestamp()) };
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Proxy = proxy, Pace = TimeSpan.Zero });
        times.Clear();
        run.Proxy.Plan.Always(FaultMatch.Anything, new FaultAction.Drop());
        run.Proxy.Inject(StreamFault.Reset);
        await Eventually.BeTrueAsync(() => times.Count >= 6, Deadline, () => $"six tries; log:\n{run.Log.Text}");
        run.Proxy.Calm();

        // Between two tries is the wait after the second failure, and so on.
        var waits = times.Take(6).Zip(times.Skip(1), Stopwatch.GetElapsedTime).ToArray();
        output.WriteLine(string.Join(", ", waits.Select(static w => $"{w.TotalMilliseconds:0} ms")));
        for (var i = 0; i < waits.Length; i++)
        {
            waits[i].Should().BeGreaterThan(backoff.Delay(i + 2, random: 0) * 0.95);
        }

        waits.Where((wait, i) => wait > (backoff.Delay(i + 2, random: 0) * 1.05) + TimeSpan.FromMilliseconds(20)).Should().NotBeEmpty("chance adds up to a half");
        await run.RecoversAsync(Deadline);
    }

    [Fact]
    public async Task It_does_not_answer()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, elapsed) = await StormAsync(run, FaultMatch.Anything, new FaultAction.Silence(), StreamFault.Reset);
        requests.Should().BeInRange(1, 2 + (int)(elapsed / _options.RequestTimeout));
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Fact]
    public async Task It_is_slow_to_answer()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, _) = await StormAsync(run, FaultMatch.Anything, new FaultAction.Delay(TimeSpan.FromSeconds(1.5)), StreamFault.Reset);
        requests.Should().BeInRange(1, 3);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_breaks_off_every_list_in_the_middle(bool clean)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var (requests, elapsed) = await StormAsync(run, FaultMatch.Lists, new FaultAction.TruncateBody(clean), StreamFault.Gone);
        requests.Should().BeInRange(2, _options.Backoff.MostTries(elapsed) + 2);
        await run.AgreesAsync(Deadline, complete: false);
    }

    private async Task<(long Requests, TimeSpan Elapsed)> StormAsync(Watched run, FaultMatch match, FaultAction action, StreamFault start)
    {
        await run.ChangesAsync(10);
        await run.WatchIsOpenAsync();
        var mark = run.Proxy.Requests.Mark();
        run.Proxy.Plan.Always(match, action);
        run.Proxy.Inject(start);
        await Watched.PassAsync(TimeSpan.FromSeconds(4));
        var (requests, elapsed) = run.Proxy.Requests.Since(mark);
        output.WriteLine(
            $"{requests} requests in {elapsed.TotalSeconds:0.0} s, {requests / elapsed.TotalSeconds:0.0}/s, at most {run.Proxy.Requests.PeakSince(mark)} in a second");
        run.Proxy.Calm();
        await run.RecoversAsync(Deadline);
        return (requests, elapsed);
    }
}
