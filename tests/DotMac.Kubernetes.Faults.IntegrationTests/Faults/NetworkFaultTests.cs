using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;
using DotMac.Testing.Faults;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Faults;

/// <summary>What can happen to the bytes on their way, whatever they mean, with changes going on. Not one change is lost by it.</summary>
public sealed class NetworkFaultTests(SharedControlPlane fixture, ITestOutputHelper output) : IClassFixture<SharedControlPlane>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly WatchedOptions _options = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Connections_are_reset(bool http2) => SurvivesAsync(http2, static run =>
    {
        run.Proxy.Network.Reset();
        return run.ChangesAsync(20);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Connections_are_closed_in_the_middle_of_whatever_they_were_saying(bool http2) => SurvivesAsync(http2, static run =>
    {
        run.Proxy.Network.Close();
        return run.ChangesAsync(20);
    });

    /// <summary>No end is ever seen of the old connection: the keep-alive of HTTP/2, or the silence of the watch, tells.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_router_forgets_a_connection(bool http2) => SurvivesAsync(http2, static async run =>
    {
        run.Proxy.Network.FreezeOpen();
        await run.RecoversAsync(Deadline);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Nothing_passes_for_a_while_and_then_all_of_it(bool http2) => SurvivesAsync(http2, async run =>
    {
        run.Proxy.Network.Freeze();
        await Watched.PassAsync(_options.RequestTimeout * 2);
        run.Proxy.Calm();
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Bytes_trickle(bool http2) => SurvivesAsync(http2, static async run =>
    {
        run.Proxy.Network.BytesPerSecond = 4096;
        await run.ChangesAsync(30);
        run.Proxy.Network.Reset();
        await run.ChangesAsync(30);
        run.Proxy.Calm();
    });

    [Fact]
    public async Task Nobody_listens_for_a_while_and_is_not_stormed()
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options);
        var before = run.Proxy.Network.Accepted;
        run.Proxy.Network.Refuses = true;
        run.Proxy.Network.Reset();
        var time = TimeSpan.FromSeconds(5);
        await Watched.PassAsync(time);
        var connections = run.Proxy.Network.Accepted - before;
        run.Proxy.Calm();

        output.WriteLine($"{connections} connections in {time.TotalSeconds:0.0} s");

        // The HTTP client tries a connection once more when it had been reset before a request was sent on it.
        connections.Should().BeInRange(2, 2 * (_options.Backoff.MostTries(time + TimeSpan.FromSeconds(1)) + 1));
        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
    }

    private async Task SurvivesAsync(bool http2, Func<Watched, Task> fault)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Proxy = new FaultProxyOptions { Http2 = http2 } });
        await run.ChangesAsync(20);
        var mark = run.Proxy.Requests.Mark();
        await fault(run);
        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
        var (requests, elapsed) = run.Proxy.Requests.Since(mark);
        output.WriteLine($"{requests} requests in {elapsed.TotalSeconds:0.0} s");
        requests.Should().BeInRange(1, 2 + _options.Backoff.MostTries(elapsed) + (int)(elapsed / _options.IdleTimeout));
    }
}
