using System.Diagnostics;
using System.Text;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Plugins.Contract.Status;
using DotMac.Testing.Pods;

namespace DotMac.Operator.Tests.Health;

/// <summary>What answers at a pod's address is the tenant's code: nothing that it sends may cost more than a little time and memory.</summary>
public sealed class DirectPodProbeTests : IDisposable
{
    private readonly DirectPodProbe _probe = new();

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task A_status_is_read()
    {
        await using var pod = new HostilePod(HostilePod.Answer("""{"state":"Active","metrics":{"apiCalls":3}}"""));
        var result = await AskAsync(pod);
        result.Should().BeEquivalentTo(new { Pod = "hostile", Error = (string?)null });
        result.Report!.State.Should().Be(PluginState.Active);
        result.Report.Metrics.ApiCalls.Should().Be(3);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new HostilePod(HostilePod.Answer("""{"state":"Active"}"""));
        await using var pod = new HostilePod(HostilePod.Answer("", $"302 Found\r\nLocation: http://{elsewhere.Pod.Status!.PodIP}:8080/status"));
        (await AskAsync(pod)).Error.Should().Be("HTTP 302");
        elsewhere.Requests.Should().Be(0, "the operator must not be sent to addresses that the plugin may not reach itself");
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("503 Service Unavailable")]
    [InlineData("204 No Content")]
    public async Task Any_other_code_is_told(string head)
    {
        await using var pod = new HostilePod(HostilePod.Answer("", head));
        (await AskAsync(pod)).Error.Should().Be($"HTTP {head[..3]}");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"checks\":")]
    public async Task What_is_no_status_is_told(string body)
    {
        await using var pod = new HostilePod(HostilePod.Answer(body));
        var result = await AskAsync(pod);
        result.Report.Should().BeNull();
        result.Error.Should().StartWith("The status is");
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        long sent = 0;
        await using var pod = new HostilePod(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken);
            var block = new byte[64 * 1024];
            while (true)
            {
                await stream.WriteAsync(block, cancellationToken);
                Interlocked.Add(ref sent, block.Length);
            }
        });
        (await AskAsync(pod)).Error.Should().Be("the answer is too long");
        Interlocked.Read(ref sent).Should().BeLessThan(32 * 1024 * 1024, "what the sockets hold is all that may be read beyond the bound");
    }

    [Fact]
    public async Task A_body_that_announces_its_size_is_not_even_begun()
    {
        await using var pod = new HostilePod("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
        (await AskAsync(pod)).Error.Should().Be("the answer is too long");
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await using var pod = new HostilePod(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancellationToken);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-Filler: {new string('x', 1000)}\r\n"), cancellationToken);
            }
        });
        (await AskAsync(pod)).Report.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")]
    public async Task Who_stops_in_the_middle_is_not_waited_for_longer_than_two_seconds(string beginning)
    {
        await using var pod = new HostilePod(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        var started = Stopwatch.GetTimestamp();
        (await AskAsync(pod)).Error.Should().Be("no answer within 2 s");
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10), "two seconds, and patience with a machine under load");
    }

    [Fact]
    public async Task Who_hangs_up_has_not_answered()
    {
        await using var pod = new HostilePod("");
        (await AskAsync(pod)).Error.Should().Be("the connection failed");
    }

    [Fact]
    public async Task What_is_no_HTTP_is_no_answer()
    {
        await using var pod = new HostilePod("SSH-2.0-OpenSSH_9.6\r\n");
        (await AskAsync(pod)).Error.Should().Be("the connection failed");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("metadata.google.internal")]
    [InlineData("10.0.0.1:80/x?")]
    public async Task Only_an_address_is_asked(string? address) =>
        (await _probe.AskAsync(new V1Pod { Metadata = new V1ObjectMeta { Name = "p" }, Status = new V1PodStatus { PodIP = address } }, fresh: false, default))
            .Error.Should().Be("the pod has no address yet");

    [Fact]
    public async Task Being_told_to_stop_is_no_answer_of_the_pod()
    {
        await using var pod = new HostilePod((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
        using var stop = new CancellationTokenSource();
        var asking = _probe.AskAsync(pod.Pod, fresh: false, stop.Token);
        await stop.CancelAsync();
        await asking.Invoking(static a => a).Should().ThrowAsync<OperationCanceledException>();
    }

    private Task<ProbeResult> AskAsync(HostilePod pod) => _probe.AskAsync(pod.Pod, fresh: false, default);
}
