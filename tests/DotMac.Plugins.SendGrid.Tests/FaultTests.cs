using System.Globalization;
using System.Net;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.SendGrid;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.SendGrid.Tests;

/// <summary>What the plugin does when SendGrid is in trouble. SendGrid knows no idempotency key, so a mail is never sent again where the first may have gone.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly SendGridStandIn _account = new(SendGridCalls.ApiKey);
    private VendorServer? _sendGrid;

    public static TheoryData<Fault, HttpStatusCode, string> Faults => new()
    {
        { Fault.Status(429, """{"errors":[{"message":"too many requests","field":null}]}""", "60"), HttpStatusCode.TooManyRequests, ProblemTypes.VendorRateLimit },
        { Fault.Status(500), HttpStatusCode.BadGateway, ProblemTypes.VendorError },
        { Fault.Status(502, "<html>a proxy</html>"), HttpStatusCode.BadGateway, ProblemTypes.VendorError },
        { Fault.Status(503, retryAfter: "60"), HttpStatusCode.ServiceUnavailable, ProblemTypes.VendorUnavailable },
        { Fault.Silence, HttpStatusCode.GatewayTimeout, ProblemTypes.Timeout },
        { Fault.StalledBody, HttpStatusCode.GatewayTimeout, ProblemTypes.Timeout },
        { Fault.Reset, HttpStatusCode.ServiceUnavailable, ProblemTypes.VendorUnavailable },
        { Fault.ResetInBody, HttpStatusCode.ServiceUnavailable, ProblemTypes.VendorUnavailable },
        { Fault.MalformedJson, HttpStatusCode.BadGateway, ProblemTypes.VendorError },
    };

    public static TheoryData<Fault, HealthState> Outages => new()
    {
        { Fault.Status(429), HealthState.Degraded },
        { Fault.Status(503), HealthState.Degraded },
        { Fault.Reset, HealthState.Degraded },
        { Fault.MalformedJson, HealthState.Unhealthy },
        { Fault.Status(403, """{"errors":[{"message":"access forbidden"}]}"""), HealthState.Unhealthy },
    };

    private VendorServer SendGrid => _sendGrid!;

    public async Task InitializeAsync() => _sendGrid = await VendorServer.StartAsync(_account);

    public async Task DisposeAsync() => await SendGrid.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task EveryTroubleIsToldNothingIsSentTwiceAndItPasses(Fault fault, HttpStatusCode expected, string type)
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        SendGrid.FailNext(fault);

        // Only silence needs the limit; the others answer at once.
        (string, string)[] limit = expected == HttpStatusCode.GatewayTimeout ? [(ContractHeaders.TimeoutMilliseconds, "300")] : [];
        using HttpResponseMessage response = await host.SendAsync(SendGridCalls.Mail, limit);

        response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        (await response.ProblemAsync()).Type.Should().Be(type);
        SendGrid.Mails().Should().Be(1, "an unclear failure is never repeated");
        (await host.OkAsync()).GetProperty("messageId").GetString().Should().Be("sg-00000001");
        _account.Sent.Should().ContainSingle();
        host.Log.Should().NotContain(SendGridCalls.ApiKey);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task AnOutageShowsInTheCheckAndHealsByItself(Fault fault, HealthState expected)
    {
        SendGrid.Outage = fault;
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid, troubled: TimeSpan.FromMilliseconds(100));

        await host.WaitForCredentialsAsync(expected);
        await host.WaitUntilReadyAsync();
        SendGrid.Outage = null;

        await host.WaitForCredentialsAsync(HealthState.Healthy);
    }

    [Theory]
    [InlineData("60", null, 60)]
    [InlineData(null, 120, 120)]
    [InlineData("60", 120, 60)]
    public async Task ARateLimitSaysWhenToComeBack(string? retryAfter, int? resetIn, int expected)
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Fault limited = Fault.Status(429, """{"errors":[{"message":"too many requests","field":null}]}""", retryAfter);
        var fault = new Fault("limited", http =>
        {
            if (resetIn is int seconds)
            {
                http.Response.Headers["X-RateLimit-Reset"] = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            }

            return limited.AnswerAsync(http);
        });

        // Without a Retry-After a 429 is tried again, for surely nothing was sent.
        SendGrid.FailNext([.. Enumerable.Repeat(fault, retryAfter is null ? 3 : 1)]);
        using HttpResponseMessage response = await host.SendAsync();

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.Should().BeInRange(expected - 5, expected);
        (await response.ProblemAsync()).Detail.Should().Contain("too many requests");
        _account.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task AShortRateLimitIsWaitedForAndOneMailIsSent()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        SendGrid.FailNext(Fault.Status(429, retryAfter: "0"));

        await host.OkAsync();

        SendGrid.Mails().Should().Be(2);
        _account.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task AnUnreachableSendGridIsDegradedAndThePluginReady()
    {
        VendorServer gone = await VendorServer.StartAsync(_account);
        await using PluginTestHost host = await SendGridCalls.StartAsync(gone, troubled: TimeSpan.FromMilliseconds(100));
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        await gone.DisposeAsync();

        using HttpResponseMessage response = await host.SendAsync();

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        await host.WaitForCredentialsAsync(HealthState.Degraded);
        await host.WaitUntilReadyAsync();
    }
}
