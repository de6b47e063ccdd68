using System.Net;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Slack;

namespace DotMac.Plugins.Slack.Tests;

public sealed class SlackWebhookTests : IAsyncLifetime
{
    private const string Mention = """
        {"token":"verificat10n-token","team_id":"T0000000001","api_app_id":"A0000000001","event":{"type":"app_mention","user":"U0000000001","text":"<@U0000000009> hello","ts":"1515449522.000016","channel":"C0000000001","event_ts":"1515449522000016"},"type":"event_callback","event_id":"Ev0000000001","event_time":1515449522,"authed_users":["U0000000009"]}
        """;

    private VendorServer? _slack;
    private VendorServer? _receiver;

    private VendorServer Receiver => _receiver!;

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public async Task InitializeAsync()
    {
        _slack = await VendorServer.StartAsync(new SlackStandIn(SlackCalls.BotToken));
        _receiver = await VendorServer.StartAsync(new EventsReceiver());
    }

    public async Task DisposeAsync()
    {
        await _slack!.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    [Fact]
    public async Task ASignedEventIsHandedOn()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await new SlackCallback("events", Mention, Now).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        JsonElement happened = Receiver.Requests.Should().ContainSingle().Subject.Json();
        happened.Text("specversion").Should().Be("1.0");
        happened.Text("id").Should().Be("Ev0000000001");
        happened.Text("source").Should().Be("/tenants/acme/plugins/slack");
        happened.Text("type").Should().Be("io.dotmac.slack.app_mention");
        happened.Text("subject").Should().Be("C0000000001");
        happened.GetProperty("time").GetDateTimeOffset().Should().Be(DateTimeOffset.FromUnixTimeSeconds(1515449522));
        happened.GetProperty("data").GetProperty("event").Text("text").Should().Be("<@U0000000009> hello");
        (Receiver.Requests[0].Text() + host.Log).Should().NotContain("verificat10n-token").And.NotContain(SlackCalls.SigningSecret);
    }

    [Fact]
    public async Task WhatSlackRepeatsIsHandedOnUnderTheSameId()
    {
        await using PluginTestHost host = await StartAsync();
        SlackCallback callback = new("events", Mention, Now);
        Receiver.FailNext(Fault.Status(400));

        using HttpResponseMessage refused = await callback.SendAsync(host);
        using HttpResponseMessage again = await (callback with { RetryNumber = 1 }).SendAsync(host);

        refused.StatusCode.Should().Be(HttpStatusCode.BadGateway, "Slack repeats what got no 2xx");
        again.StatusCode.Should().Be(HttpStatusCode.OK);
        Receiver.Requests.Select(static request => request.Json().Text("id")).Should().Equal("Ev0000000001", "Ev0000000001");
    }

    [Theory]
    [InlineData("""{"type":"reaction_added","user":"U1","item":{"type":"message","channel":"C0000000007","ts":"1.000001"}}""", "C0000000007")]
    [InlineData("""{"type":"channel_created","channel":{"id":"C0000000008","name":"new"}}""", "C0000000008")]
    [InlineData("""{"type":"team_join","user":{"id":"U1"}}""", null)]
    public async Task TheSubjectIsTheChannelWhereverSlackPutsIt(string happened, string? subject)
    {
        await using PluginTestHost host = await StartAsync();
        string body = $$"""{"type":"event_callback","event_id":"Ev1","event_time":1515449522,"event":{{happened}}}""";

        using HttpResponseMessage response = await new SlackCallback("events", body, Now).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        JsonElement handed = Receiver.Requests.Should().ContainSingle().Subject.Json();
        (handed.TryGetProperty("subject", out JsonElement given) ? given.GetString() : null).Should().Be(subject);
    }

    [Fact]
    public async Task TheChallengeIsAnsweredAndNotHandedOn()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await new SlackCallback("events", """{"token":"x","challenge":"3eZbrw1a Bm2","type":"url_verification"}""", Now).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        (await response.Content.ReadAsStringAsync()).Should().Be("3eZbrw1a Bm2");
        Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task AnUnsignedChallengeIsNotAnswered()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await (new SlackCallback("events", """{"challenge":"x","type":"url_verification"}""", Now) with { Signature = null }).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ThatSlackLeavesEventsOutIsHandedOn()
    {
        await using PluginTestHost host = await StartAsync();
        const string Body = """{"token":"x","type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"}""";

        using HttpResponseMessage response = await new SlackCallback("events", Body, Now).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        JsonElement happened = Receiver.Requests.Should().ContainSingle().Subject.Json();
        happened.Text("id").Should().Be("app_rate_limited-T1-1518467820");
        happened.Text("type").Should().Be("io.dotmac.slack.app_rate_limited");
    }

    [Fact]
    public async Task SlacksDocumentedCommandWithItsDocumentedSignatureIsHandedOn()
    {
        await using PluginTestHost host = await StartAsync(new SettableTime(SlackCallback.DocumentedTime.AddMinutes(1)));
        SlackCallback callback = new SlackCallback("commands", SlackCallback.DocumentedBody, SlackCallback.DocumentedTime) with
        {
            ContentType = "application/x-www-form-urlencoded",
            Signature = SlackCallback.DocumentedSignature,
        };

        using HttpResponseMessage response = await callback.SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        JsonElement answer = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        answer.Text("response_type").Should().Be("ephemeral");
        answer.Text("text").Should().Be("/webhook-collect was received.");
        JsonElement happened = Receiver.Requests.Should().ContainSingle().Subject.Json();
        happened.Text("id").Should().Be("398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");
        happened.Text("type").Should().Be("io.dotmac.slack.slash_command");
        happened.Text("subject").Should().Be("G8PSS9T3V");
        happened.GetProperty("time").GetDateTimeOffset().Should().Be(SlackCallback.DocumentedTime);
        happened.GetProperty("data").EnumerateObject().Select(static field => field.Name).Should().Equal(
            "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text", "response_url", "trigger_id");
        happened.GetProperty("data").Text("response_url").Should().Be("https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN");
        Receiver.Requests[0].Text().Should().NotContain("xyzz0WbapA4vBCDEFasx0q6G");
    }

    [Theory]
    [InlineData("tampered")]
    [InlineData("old")]
    [InlineData("early")]
    [InlineData("other key")]
    [InlineData("other time")]
    [InlineData("other version")]
    [InlineData("no version")]
    [InlineData("short")]
    [InlineData("no hex")]
    [InlineData("no time")]
    [InlineData("none")]
    [InlineData("empty body")]
    public async Task AnythingElseIsRefusedAndNotHandedOn(string what)
    {
        await using PluginTestHost host = await StartAsync();
        DateTimeOffset now = Now;
        SlackCallback good = new("events", Mention, now);
        SlackCallback bad = what switch
        {
            "tampered" => good with { Body = Mention.Replace("hello", "hullo", StringComparison.Ordinal) },
            "old" => new SlackCallback("events", Mention, now.AddMinutes(-6)),
            "early" => new SlackCallback("events", Mention, now.AddMinutes(6)),
            "other key" => good with { Signature = SlackCallback.Sign("0ther", now, Mention) },
            "other time" => good with { Timestamp = new SlackCallback("", "", now.AddSeconds(1)).Timestamp },
            "other version" => good with { Signature = $"v1{good.Signature![2..]}" },
            "no version" => good with { Signature = good.Signature![3..] },
            "short" => good with { Signature = good.Signature![..^2] },
            "no hex" => good with { Signature = good.Signature![..^2] + "zz" },
            "no time" => good with { Timestamp = "now" },
            "empty body" => good with { Body = "" },
            _ => good with { Signature = null },
        };

        using HttpResponseMessage response = await bad.SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task WhatWasGoodIsRefusedWhenItIsPlayedBackLater()
    {
        var time = new SettableTime(SlackCallback.DocumentedTime);
        await using PluginTestHost host = await StartAsync(time);
        SlackCallback callback = new("events", Mention, SlackCallback.DocumentedTime);

        using HttpResponseMessage first = await callback.SendAsync(host);
        time.Now += TimeSpan.FromSeconds(301);
        using HttpResponseMessage later = await callback.SendAsync(host);

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        later.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Receiver.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("events")]
    [InlineData("commands")]
    public async Task WithoutASecretNothingIsTaken(string webhook)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SlackPlugin(), new() { Config = $$"""{ "botToken": "x", "baseUrl": "{{_slack!.BaseUrl}}" }""" });
        await host.WaitUntilReadyAsync();

        using HttpResponseMessage response = await (new SlackCallback(webhook, Mention, Now) with { Signature = SlackCallback.Sign("", Now, Mention) }).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("events", "")]
    [InlineData("events", "x")]
    [InlineData("events", "[]")]
    [InlineData("events", "null")]
    [InlineData("events", "{}")]
    [InlineData("events", """{"type":"url_verification"}""")]
    [InlineData("events", """{"type":"event_callback"}""")]
    [InlineData("events", """{"type":"event_callback","event_id":"Ev1","event":{}}""")]
    [InlineData("events", """{"type":"event_callback","event_id":1,"event":{"type":"message"}}""")]
    [InlineData("events", """{"type":"event_callback","type":"event_callback","event_id":"Ev1","event":{"type":"message"}}""")]
    [InlineData("events", """{"type":"event_callback","event_id":"Ev1","event":{"type":"message","text":"\ud800"}}""")]
    [InlineData("commands", "")]
    [InlineData("commands", "command=%2Fx")]
    [InlineData("commands", "trigger_id=1.2")]
    public async Task ASignedBodyThatIsNoneOfSlacksIsRefused(string webhook, string body)
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await new SlackCallback(webhook, body, Now).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task TheCheckOfTheCertificateIsAnsweredAndNotHandedOn()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await new SlackCallback("commands", "ssl_check=1&token=x", Now).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Receiver.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("events", 500, HttpStatusCode.BadGateway)]
    [InlineData("events", 503, HttpStatusCode.BadGateway)]
    [InlineData("commands", 500, HttpStatusCode.BadGateway)]
    public async Task AReceiverThatIsDownIsSlacksToRepeat(string webhook, int status, HttpStatusCode expected)
    {
        await using PluginTestHost host = await StartAsync();
        Receiver.Outage = Fault.Status(status);

        using HttpResponseMessage response = await new SlackCallback(webhook, webhook == "events" ? Mention : SlackCallback.DocumentedBody, Now).SendAsync(host);

        response.StatusCode.Should().Be(expected);
        Receiver.Requests.Should().NotBeEmpty();
    }

    [Fact]
    public async Task WithoutAReceiverEventsAreTakenAndLogged()
    {
        await using PluginTestHost host = await SlackCalls.StartAsync(_slack!);

        using HttpResponseMessage response = await new SlackCallback("events", Mention, Now).SendAsync(host);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        host.Log.Should().Contain("Ev0000000001").And.NotContain("hello");
    }

    private Task<PluginTestHost> StartAsync(TimeProvider? time = null) => SlackCalls.StartAsync(
        _slack!, more: $$""", "events": { "url": "{{new Uri(Receiver.BaseUrl, "events")}}", "token": "{{EventsReceiver.Token}}" }""", time: time);
}
