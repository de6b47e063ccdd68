using System.Net;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Stripe.Tests;

public sealed class StripeWebhookTests : StripeTestBase
{
    private const string Body = """{"id":"evt_1","object":"event","type":"payment_intent.succeeded","created":1700000000,"data":{"object":{"id":"pi_1","amount":10}}}""";
    private VendorServer? _receiver;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _receiver = await VendorServer.StartAsync(new EventsReceiver());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver!.DisposeAsync();
    }

    [Fact]
    public async Task ASignedEventIsHandedOn()
    {
        await using PluginTestHost host = await StartAsync();

        (await host.PostEventAsync(Body, StripeCalls.Signature(Body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.NoContent);

        ReceivedRequest handed = _receiver!.Requests.Should().ContainSingle().Subject;
        handed.Headers["Content-Type"].Should().StartWith("application/cloudevents+json");
        handed.Headers["Authorization"].Should().Be("Bearer r3ceiver-token");
        JsonElement happened = handed.Json();
        happened.GetProperty("specversion").GetString().Should().Be("1.0");
        happened.GetProperty("source").GetString().Should().Be("/tenants/acme/plugins/stripe");
        happened.GetProperty("data").GetProperty("object").GetProperty("amount").GetInt64().Should().Be(10);
        happened.GetProperty("id").GetString().Should().Be("evt_1");
        happened.GetProperty("type").GetString().Should().Be("io.dotmac.stripe.payment_intent.succeeded");
        happened.GetProperty("subject").GetString().Should().Be("pi_1");
        happened.GetProperty("time").GetDateTimeOffset().Should().Be(DateTimeOffset.FromUnixTimeSeconds(1700000000));
    }

    [Fact]
    public async Task WhileTheSecretIsBeingChangedOneOfSeveralSignaturesIsEnough()
    {
        await using PluginTestHost host = await StartAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string good = StripeCalls.Signature(Body, now);

        (await host.PostEventAsync(Body, $"t={now.ToUnixTimeSeconds()},v1={new string('0', 64)},{good[(good.IndexOf(',') + 1)..]},v0=x")).Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task ACallbackThatSomebodyRecordedIsRefusedOnceItIsOld()
    {
        var time = new ShiftedTime();
        await using PluginTestHost host = await StartAsync(time);
        string signature = StripeCalls.Signature(Body, time.GetUtcNow());

        HttpStatusCode first = await host.PostEventAsync(Body, signature);
        time.Shift(TimeSpan.FromMinutes(4.5));
        HttpStatusCode repeated = await host.PostEventAsync(Body, signature);
        time.Shift(TimeSpan.FromMinutes(1));
        HttpStatusCode replayed = await host.PostEventAsync(Body, signature);

        first.Should().Be(HttpStatusCode.NoContent);
        repeated.Should().Be(HttpStatusCode.NoContent, "Stripe's own id tells the receiver that it is the same");
        replayed.Should().Be(HttpStatusCode.Forbidden);
        _receiver!.Requests.Select(static request => request.Json().GetProperty("id").GetString()).Should().Equal("evt_1", "evt_1");
    }

    [Fact]
    public async Task NoMoreSignaturesAreTriedThanStripeSends()
    {
        await using PluginTestHost host = await StartAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string good = StripeCalls.Signature(Body, now);
        string wrong = string.Concat(Enumerable.Repeat($"v1={new string('0', 64)},", 100));

        (await host.PostEventAsync(Body, $"t={now.ToUnixTimeSeconds()},{wrong}{good[(good.IndexOf(',') + 1)..]}")).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task AChangedSigningSecretVerifiesTheNextCallback()
    {
        await using PluginTestHost host = await StartAsync();
        async Task<HttpStatusCode> PostNewAsync() => await host.PostEventAsync(Body, StripeCalls.Signature(Body, DateTimeOffset.UtcNow, "whsec_n3w"));
        (await PostNewAsync()).Should().Be(HttpStatusCode.Forbidden);

        host.WriteVaultSecret("stripe", new Dictionary<string, string> { ["key"] = StripeCalls.SecretKey, ["webhook"] = "whsec_n3w" });

        await Eventually.BeTrueAsync(async () => await PostNewAsync() == HttpStatusCode.NoContent, TimeSpan.FromSeconds(20), "the new secret is in force");
        (await host.PostEventAsync(Body, StripeCalls.Signature(Body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("tampered")]
    [InlineData("old")]
    [InlineData("early")]
    [InlineData("other key")]
    [InlineData("v0")]
    [InlineData("no time")]
    [InlineData("none")]
    [InlineData("empty body")]
    public async Task AnythingElseIsRefusedAndNotHandedOn(string what)
    {
        await using PluginTestHost host = await StartAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string good = StripeCalls.Signature(Body, now);
        (string body, string? signature) = what switch
        {
            "tampered" => (Body.Replace("10", "99", StringComparison.Ordinal), good),
            "old" => (Body, StripeCalls.Signature(Body, now.AddMinutes(-6))),
            "early" => (Body, StripeCalls.Signature(Body, now.AddMinutes(6))),
            "other key" => (Body, StripeCalls.Signature(Body, now, "whsec_other")),
            "v0" => (Body, good.Replace("v1=", "v0=", StringComparison.Ordinal)),
            "no time" => (Body, good[(good.IndexOf(',') + 1)..]),
            "empty body" => ("", good),
            _ => (Body, null),
        };

        (await host.PostEventAsync(body, signature)).Should().Be(HttpStatusCode.Forbidden);

        _receiver!.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task WithoutASecretNothingIsTaken()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new StripePlugin(), new() { Config = $$"""{ "secretKey": "sk_test_1", "baseUrl": "{{Stripe.BaseUrl}}" }""" });
        await host.WaitUntilReadyAsync();

        (await host.PostEventAsync(Body, StripeCalls.Signature(Body, DateTimeOffset.UtcNow, ""))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ASignedBodyThatIsNoEventIsRefused()
    {
        await using PluginTestHost host = await StartAsync();

        foreach (string body in new[]
        {
            "",
            "x",
            "{}",
            "[]",
            """{"id":null,"type":"t","created":1,"data":{}}""",
            """{"id":"e","type":"","created":1,"data":{}}""",
            """{"id":"e","type":"t","created":1,"data":[]}""",
            """{"id":"e","type":"t","created":99999999999999,"data":{}}""",
            """{"id":"e","type":"t","created":"soon","data":{}}""",
        })
        {
            (await host.PostEventAsync(body, StripeCalls.Signature(body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.UnprocessableEntity, body);
        }

        _receiver!.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task AnEventOfSomethingWithoutAnIdHasNoSubject()
    {
        const string Balance = """{"id":"evt_2","type":"balance.available","created":1700000000,"data":{"object":{"object":"balance"}}}""";
        await using PluginTestHost host = await StartAsync();

        (await host.PostEventAsync(Balance, StripeCalls.Signature(Balance, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.NoContent);

        _receiver!.Requests.Should().ContainSingle().Which.Json().TryGetProperty("subject", out _).Should().BeFalse();
    }

    [Fact]
    public async Task AReceiverThatFailsMakesStripeRepeatUntilItIsWell()
    {
        await using PluginTestHost host = await StartAsync();
        foreach ((Fault fault, HttpStatusCode expected) in new[] { (Fault.Status(500), HttpStatusCode.BadGateway), (Fault.Status(403), HttpStatusCode.BadGateway), (Fault.Reset, HttpStatusCode.ServiceUnavailable) })
        {
            _receiver!.Outage = fault;
            (await host.PostEventAsync(Body, StripeCalls.Signature(Body, DateTimeOffset.UtcNow))).Should().Be(expected, fault.Name);
        }

        _receiver!.Outage = null;
        (await host.PostEventAsync(Body, StripeCalls.Signature(Body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.NoContent);
        host.Log.Should().NotContain("r3ceiver-token").And.NotContain(StripeCalls.WebhookSecret);
    }

    [Fact]
    public async Task AReceiverThatIsGoneMakesStripeRepeat()
    {
        await using PluginTestHost host = await StartAsync();
        await _receiver!.DisposeAsync();

        (await host.PostEventAsync(Body, StripeCalls.Signature(Body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    private Task<PluginTestHost> StartAsync(TimeProvider? time = null) => StripeCalls.StartAsync(
        Stripe, more: $$""", "events": { "url": "{{new Uri(_receiver!.BaseUrl, "events")}}", "token": "r3ceiver-token" }""", time: time);
}
