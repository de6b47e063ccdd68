using System.Net;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Slack;

namespace DotMac.Plugins.Slack.Tests;

public sealed class SlackHealthTests : IAsyncLifetime
{
    private VendorServer? _slack;

    private VendorServer Slack => _slack!;

    public async Task InitializeAsync() => _slack = await VendorServer.StartAsync(new SlackStandIn(SlackCalls.BotToken));

    public async Task DisposeAsync() => await Slack.DisposeAsync();

    [Fact]
    public async Task GoodCredentialsAreHealthy()
    {
        await using PluginTestHost host = await SlackCalls.StartAsync(Slack);

        await host.WaitForCredentialsAsync(HealthState.Healthy);

        Slack.Requests.Select(static request => request.ToString()).Should().Equal("GET /api/auth.test");
        host.Log.Should().NotContain(SlackCalls.BotToken).And.NotContain(SlackCalls.SigningSecret);
    }

    [Fact]
    public async Task WrongCredentialsAreUnhealthyWithSlacksReasonAndThePluginStaysReady()
    {
        const string Wrong = "xoxb-wr0ng-token";
        await using PluginTestHost host = await SlackCalls.StartAsync(Slack, Wrong);

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);
        using HttpResponseMessage response = await host.CallAsync("post_message", """{ "channel": "C0000000001", "text": "x" }""");

        status.Should().Contain("invalid_auth").And.Contain("botToken");
        await host.WaitUntilReadyAsync();
        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (status + host.Log + await response.Content.ReadAsStringAsync()).Should().NotContain(Wrong);
    }

    [Fact]
    public async Task ARevokedTokenIsUnhealthy()
    {
        Slack.Outage = Fault.Status(200, """{"ok":false,"error":"token_revoked"}""");
        await using PluginTestHost host = await SlackCalls.StartAsync(Slack);

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);

        status.Should().Contain("token_revoked").And.Contain("revoked");
        await host.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task ARotatedTokenIsInForceWithoutARestart()
    {
        await using PluginTestHost host = await SlackCalls.StartAsync(Slack, "xoxb-0ld-token");
        await host.WaitForCredentialsAsync(HealthState.Unhealthy);

        host.WriteVaultSecret("slack", new Dictionary<string, string> { ["token"] = SlackCalls.BotToken, ["signing"] = SlackCalls.SigningSecret });

        await host.WaitForCredentialsAsync(HealthState.Healthy);
        await host.OkAsync("post_message", """{ "channel": "C0000000001", "text": "x" }""");
    }

    [Theory]
    [InlineData("{}", "/botToken", "required")]
    [InlineData("""{ "botToken": "" }""", "/botToken", "required")]
    [InlineData("""{ "botToken": "xapp-1-x" }""", "/botToken", "xoxb-")]
    [InlineData("""{ "botToken": "xoxb-1\n" }""", "/botToken", "line break")]
    [InlineData("""{ "botToken": "xoxb-1", "baseUrl": "slack.com" }""", "/baseUrl", "https://slack.com")]
    [InlineData("""{ "botToken": "xoxb-1", "baseUrl": "ftp://slack.com" }""", "/baseUrl", "https://slack.com")]
    [InlineData("""{ "botToken": "xoxb-1", "baseUrl": "https://slack.com/?x=y" }""", "/baseUrl", "https://slack.com")]
    [InlineData("""{ "botToken": "xoxb-1", "events": { "url": "nowhere" } }""", "/events/url", "absolute")]
    public async Task AnUnusableConfigIsToldByPointerWithTheWayOut(string config, string pointer, string message)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SlackPlugin(), new() { Config = config });

        string problem = await host.WaitForAsync(ContractPaths.Readyz, response => response.StatusCode == HttpStatusCode.ServiceUnavailable
            && response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains($"\"{pointer}\"", StringComparison.Ordinal));

        problem.Should().Contain(message);
    }

    [Fact]
    public void AConfigDoesNotPrintItsSecrets() =>
        new SlackConfig { BotToken = "xoxb-1", SigningSecret = "s3cret" }.ToString().Should().Be(nameof(SlackConfig));
}
