using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Slack;

namespace DotMac.Plugins.Slack.Tests;

public sealed class SlackFaultTests : IAsyncLifetime
{
    private const string Post = """{ "channel": "C0000000001", "text": "once" }""";
    private const string Upload = """{ "filename": "a.txt", "content": "aGVsbG8=", "channel": "C0000000001" }""";
    private readonly SlackStandIn _workspace = new(SlackCalls.BotToken);
    private VendorServer? _slack;

    private VendorServer Slack => _slack!;

    public static TheoryData<Fault, HttpStatusCode> Faults => new()
    {
        { Fault.Status(429, """{"ok":false,"error":"ratelimited"}""", "60"), HttpStatusCode.TooManyRequests },
        { Fault.Status(429, "", "60"), HttpStatusCode.TooManyRequests },
        { Fault.Status(500), HttpStatusCode.BadGateway },
        { Fault.Status(500, """{"ok":false,"error":"internal_error"}"""), HttpStatusCode.BadGateway },
        { Fault.Status(502, "<html>a proxy</html>"), HttpStatusCode.BadGateway },
        { Fault.Status(503, "", "7"), HttpStatusCode.ServiceUnavailable },
        { Fault.Status(503, """{"ok":false,"error":"service_unavailable"}"""), HttpStatusCode.ServiceUnavailable },
        { Fault.Status(404, "<html>a proxy</html>"), HttpStatusCode.BadGateway },
        { Fault.Status(302), HttpStatusCode.BadGateway },
        { Fault.Status(401, """{"ok":false,"error":"invalid_auth"}"""), HttpStatusCode.BadGateway },
        { Fault.Silence, HttpStatusCode.GatewayTimeout },
        { Fault.StalledBody, HttpStatusCode.GatewayTimeout },
        { Fault.Reset, HttpStatusCode.ServiceUnavailable },
        { Fault.ResetInBody, HttpStatusCode.ServiceUnavailable },
        { Fault.MalformedJson, HttpStatusCode.BadGateway },
    };

    public static TheoryData<Fault> Passing => [Fault.Status(500), Fault.Status(503), Fault.Status(429, "", "0"), Fault.Reset, Fault.ResetInBody];

    public async Task InitializeAsync() => _slack = await VendorServer.StartAsync(_workspace);

    public async Task DisposeAsync() => await Slack.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task TroubleIsToldNothingIsPostedTwiceAndThePluginWorksAgain(Fault fault, HttpStatusCode expected)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(fault);

        using HttpResponseMessage response = await host.CallAsync("post_message", Post, (ContractHeaders.TimeoutMilliseconds, "700"));

        response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        Slack.Requests.Should().ContainSingle("Slack would post a repetition again");
        _workspace.MessageCount.Should().Be(0);
        await host.OkAsync("post_message", Post);
        _workspace.MessageCount.Should().Be(1);
    }

    [Fact]
    public async Task ARateLimitSaysWhenToComeBack()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Fault.Status(429, """{"ok":false,"error":"ratelimited"}""", "60"));

        using HttpResponseMessage response = await host.CallAsync("post_message", Post);

        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(60));
        PluginProblem problem = await response.ProblemAsync();
        problem.Type.Should().Be(ProblemTypes.VendorRateLimit);
        problem.VendorCode.Should().Be("ratelimited");
    }

    [Fact]
    public async Task AShortRateLimitIsWaitedFor()
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Fault.Status(429, """{"ok":false,"error":"ratelimited"}""", "0"));

        await host.OkAsync("post_message", Post);

        _workspace.MessageCount.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task ReadingAndChangingRideAPassingFaultOut(Fault fault)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        JsonElement posted = await host.OkAsync("post_message", Post);
        Slack.FailNext(fault);
        await host.OkAsync("list_channels", "{}");
        Slack.FailNext(fault);

        await host.OkAsync("update_message", $$"""{ "channel": "C0000000001", "ts": "{{posted.Text("ts")}}", "text": "changed" }""");

        _workspace.Message(posted.Text("ts")!).Text("text").Should().Be("changed");
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task TheFirstStepOfAnUploadRidesAPassingFaultOut(Fault fault)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(fault);

        await host.OkAsync("upload_file", Upload);

        _workspace.SharedFiles.Should().ContainSingle();
    }

    [Theory]
    [InlineData(400, null, HttpStatusCode.BadGateway)]
    [InlineData(500, null, HttpStatusCode.BadGateway)]
    [InlineData(503, "7", HttpStatusCode.ServiceUnavailable)]
    [InlineData(429, "60", HttpStatusCode.TooManyRequests)]
    public async Task BytesThatAreNotTakenAreNotShared(int status, string? retryAfter, HttpStatusCode expected)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Address(), Fault.Status(status, "no", retryAfter));

        using HttpResponseMessage response = await host.CallAsync("upload_file", Upload);

        response.StatusCode.Should().Be(expected);
        Slack.Requests.Select(static request => request.Path).Should().HaveCount(2).And.NotContain("/api/files.completeUploadExternal");
        (await response.Content.ReadAsStringAsync()).Should().NotContain("/upload/v1/");
        host.Log.Should().NotContain("/upload/v1/", "whoever has the address can upload");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task TheLastStepOfAnUploadIsNotTakenTwice(Fault fault, HttpStatusCode expected)
    {
        await using PluginTestHost host = await SlackCalls.StartHealthyAsync(Slack);
        Slack.FailNext(Address(), Fault.Status(200, "OK - 5"), fault);

        using HttpResponseMessage response = await host.CallAsync("upload_file", Upload, (ContractHeaders.TimeoutMilliseconds, "1500"));

        response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        Slack.Requests.Count(static request => request.Path == "/api/files.completeUploadExternal").Should().Be(1);
    }

    [Fact]
    public async Task AnOutageIsDegradedAndOverWhenItIsOver()
    {
        Slack.Outage = Fault.Status(503);
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SlackPlugin(), new()
        {
            Config = $$"""{ "botToken": "{{SlackCalls.BotToken}}", "baseUrl": "{{Slack.BaseUrl}}" }""",
            TroubledInterval = TimeSpan.FromMilliseconds(100),
        });
        await host.WaitForCredentialsAsync(HealthState.Degraded);
        await host.WaitUntilReadyAsync();
        using HttpResponseMessage during = await host.CallAsync("post_message", Post);
        Slack.Outage = null;
        await host.WaitForCredentialsAsync(HealthState.Healthy);

        during.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        await host.OkAsync("post_message", Post);
    }

    [Fact]
    public async Task ASlackThatCannotBeReachedIsDegradedAndThePluginReady()
    {
        await using PluginTestHost host = await SlackCalls.StartAsync($"http://127.0.0.1:{ClosedPort()}");

        await host.WaitForCredentialsAsync(HealthState.Degraded);
        await host.WaitUntilReadyAsync();
        using HttpResponseMessage response = await host.CallAsync("post_message", Post);

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await response.ProblemAsync()).Type.Should().Be(ProblemTypes.VendorUnavailable);
    }

    // What the stand-in itself would say to the first step.
    private Fault Address() => Fault.Status(200, $$"""{"ok":true,"upload_url":"{{Slack.BaseUrl}}upload/v1/F1","file_id":"F1"}""");

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
