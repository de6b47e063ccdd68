using System.Net;
using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Faults;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Faults;

/// <summary>What can happen to a watch that is open, with changes going on.</summary>
public sealed class WatchFaultTests(SharedControlPlane fixture, ITestOutputHelper output) : IClassFixture<SharedControlPlane>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly WatchedOptions _options = new();

    /// <summary>Once, in the middle of changes: the next watch goes on where this one was, and not one change is lost or told twice.</summary>
    [Theory]
    [InlineData(StreamFault.Close, true)]
    [InlineData(StreamFault.Close, false)]
    [InlineData(StreamFault.Reset, true)]
    [InlineData(StreamFault.Reset, false)]
    [InlineData(StreamFault.Hang, true)]
    [InlineData(StreamFault.Hang, false)]
    [InlineData(StreamFault.TruncateAndClose, true)]
    [InlineData(StreamFault.TruncateAndClose, false)]
    [InlineData(StreamFault.TruncateAndReset, true)]
    [InlineData(StreamFault.TruncateAndReset, false)]
    [InlineData(StreamFault.Garble, true)]
    [InlineData(StreamFault.InternalError, true)]
    [InlineData(StreamFault.UnknownType, true)]
    [InlineData(StreamFault.Replay, true)]
    [InlineData(StreamFault.DropBookmarks, true)]
    [InlineData(StreamFault.Bookmark, true)]
    [InlineData(StreamFault.Slow, true)]
    public async Task It_happens_once_and_nothing_is_lost_or_invented(StreamFault fault, bool http2)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Proxy = new FaultProxyOptions { Http2 = http2 } });
        await run.ChangesAsync(20);
        await run.WatchIsOpenAsync();
        var mark = run.Proxy.Requests.Mark();
        run.Proxy.Inject(fault).Should().Be(1);
        await run.ChangesAsync(20);
        if (fault == StreamFault.Hang)
        {
            await Watched.PassAsync(_options.IdleTimeout);
        }

        await run.AgreesAsync(Deadline, complete: true);

        var (requests, elapsed) = run.Proxy.Requests.Since(mark);
        output.WriteLine($"{requests} requests in {elapsed.TotalSeconds:0.0} s");
        var least = fault is StreamFault.Replay or StreamFault.DropBookmarks or StreamFault.Bookmark or StreamFault.Slow ? 0 : 1;
        requests.Should().BeInRange(least, 3 + (int)(elapsed / _options.IdleTimeout));
        run.Log.Worst.Should().BeOneOf(LogLevel.Information, LogLevel.Debug, LogLevel.Warning);
    }

    /// <summary>To every watch, after its first event, while changes go on: each try brings a little, and there are not too many of them.</summary>
    [Theory]
    [InlineData(StreamFault.Close)]
    [InlineData(StreamFault.Reset)]
    [InlineData(StreamFault.TruncateAndClose)]
    [InlineData(StreamFault.TruncateAndReset)]
    [InlineData(StreamFault.Garble)]
    [InlineData(StreamFault.Gone)]
    [InlineData(StreamFault.InternalError)]
    [InlineData(StreamFault.UnknownType)]
    public async Task It_happens_to_every_watch_after_an_event_and_there_is_no_hot_loop(StreamFault fault)
    {
        var options = _options with { Pace = TimeSpan.FromMilliseconds(5) };
        await using var run = await Watched.StartAsync(fixture.ControlPlane, options);
        await StormAsync(run, new FaultAction.Stream(fault, After: 1));
        await run.AgreesAsync(Deadline, complete: fault != StreamFault.Gone);
    }

    /// <summary>To every watch as soon as it is open: nothing gets through, and the waits grow.</summary>
    [Theory]
    [InlineData(StreamFault.Close)]
    [InlineData(StreamFault.Reset)]
    [InlineData(StreamFault.Gone)]
    [InlineData(StreamFault.InternalError)]
    [InlineData(StreamFault.UnknownType)]
    public async Task It_happens_to_every_watch_at_once_and_there_is_no_hot_loop(StreamFault fault)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        await StormAsync(run, new FaultAction.Stream(fault));
        await run.AgreesAsync(Deadline, complete: fault != StreamFault.Gone);
    }

    /// <summary>A server that says only where it is, and that again and again, has not told anything.</summary>
    [Fact]
    public async Task A_bookmark_that_leads_nowhere_and_an_end_are_no_reason_to_hurry()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Pace = TimeSpan.Zero });
        var mark = run.Proxy.Requests.Mark();
        run.Proxy.Plan.Always(FaultMatch.Watches, new FaultAction.Stream(StreamFault.Bookmark));
        run.Proxy.Inject(StreamFault.Close);

        // Each watch says its bookmark first, and is ended a moment later.
        await Eventually.BeTrueAsync(
            () =>
            {
                run.Proxy.Inject(StreamFault.Close);
                return run.Proxy.Requests.Since(mark).Elapsed > TimeSpan.FromSeconds(4);
            },
            TimeSpan.FromSeconds(10),
            "four seconds pass");
        var (requests, elapsed) = run.Proxy.Requests.Since(mark);
        run.Proxy.Calm();

        output.WriteLine($"{requests} requests in {elapsed.TotalSeconds:0.0} s");
        requests.Should().BeLessThanOrEqualTo(_options.Backoff.MostTries(elapsed) + 1);
        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Fact]
    public async Task When_a_server_that_lags_answers_after_a_410_nothing_that_was_deleted_comes_back()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Pace = TimeSpan.Zero });
        await run.Writer.PutAsync("a");
        await run.Writer.DeleteAsync("b");
        await run.Writer.DeleteAsync("c");
        await run.AgreesAsync(Deadline, complete: true);

        run.Proxy.Plan.Always(FaultMatch.Lists, new FaultAction.StaleList());
        run.Proxy.Inject(StreamFault.Gone);
        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Fact]
    public async Task What_vanished_while_no_watch_could_tell_is_told_after_a_410()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Pace = TimeSpan.Zero });
        run.Proxy.Plan.Next(FaultMatch.Watches, new FaultAction.Answer(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"), 5)
            .Next(FaultMatch.Watches, new FaultAction.Answer(HttpStatusCode.Gone, "Expired"));
        run.Proxy.Inject(StreamFault.Reset);
        await run.Writer.PutAsync("a");
        await run.Writer.DeleteAsync("b");
        await run.Writer.DeleteAsync("c");
        await run.Writer.PutAsync("c");
        await run.Writer.PutAsync("d");
        await run.AgreesAsync(Deadline, complete: true);
        run.Log.Text.Should().Contain("too far behind");
    }

    private async Task StormAsync(Watched run, FaultAction action)
    {
        await run.ChangesAsync(5);
        var mark = run.Proxy.Requests.Mark();
        run.Proxy.Plan.Always(FaultMatch.Watches, action);
        run.Proxy.Inject(StreamFault.Reset);
        await Watched.PassAsync(TimeSpan.FromSeconds(3));
        var (requests, elapsed) = run.Proxy.Requests.Since(mark);
        var peak = run.Proxy.Requests.PeakSince(mark);
        run.Proxy.Calm();

        output.WriteLine($"{requests} requests in {elapsed.TotalSeconds:0.0} s, {requests / elapsed.TotalSeconds:0.0}/s, at most {peak} in a second");

        // With progress the wait is the first one each time; a 410 costs a list and a watch, and the first one no wait.
        var progress = action is FaultAction.Stream { After: > 0 };
        var tries = progress ? _options.Backoff.MostTriesWithProgress(elapsed) : _options.Backoff.MostTries(elapsed);
        var each = action is FaultAction.Stream { Fault: StreamFault.Gone } ? 2 : 1;
        requests.Should().BeGreaterThan(1).And.BeLessThanOrEqualTo((tries + 2) * each);
        await run.RecoversAsync(Deadline);
    }
}
