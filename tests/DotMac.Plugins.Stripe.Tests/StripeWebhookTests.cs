using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Stripe;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.Stripe.Tests;

public sealed class StripeWebhookTests : IAsyncLifetime
{
    private const string Body = """{"id":"evt_1","object":"event","type":"payment_intent.succeeded","created":1700000000,"data":{"object":{"id":"pi_1","amount":10}}}""";
    private VendorServer? _stripe;
    private VendorServer? _receiver;

    public async Task InitializeAsync()
    {
        _stripe = await VendorServer.StartAsync(new StripeStandIn(StripeCalls.SecretKey));
        _receiver = await VendorServer.StartAsync(new EventsReceiver());
    }

    public async Task DisposeAsync()
    {
        await _stripe!.DisposeAsync();
        await _receiver!.DisposeAsync();
    }

    [Fact]
    public async Task ASignedEventIsHandedOn()
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, Body, Signature(Body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.NoContent);

        JsonElement happened = _receiver!.Requests.Should().ContainSingle().Subject.Json();
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
        string good = Signature(Body, now);

        (await PostAsync(host, Body, $"t={now.ToUnixTimeSeconds()},v1={new string('0', 64)},{good[(good.IndexOf(',') + 1)..]},v0=x")).Should().Be(HttpStatusCode.NoContent);
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
        string good = Signature(Body, now);
        (string body, string? signature) = what switch
        {
            "tampered" => (Body.Replace("10", "99", StringComparison.Ordinal), good),
            "old" => (Body, Signature(Body, now.AddMinutes(-6))),
            "early" => (Body, Signature(Body, now.AddMinutes(6))),
            "other key" => (Body, Signature(Body, now, "whsec_other")),
            "v0" => (Body, good.Replace("v1=", "v0=", StringComparison.Ordinal)),
            "no time" => (Body, good[(good.IndexOf(',') + 1)..]),
            "empty body" => ("", good),
            _ => (Body, null),
        };

        (await PostAsync(host, body, signature)).Should().Be(HttpStatusCode.Forbidden);

        _receiver!.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task WithoutASecretNothingIsTaken()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new StripePlugin(), new() { Config = $$"""{ "secretKey": "sk_test_1", "baseUrl": "{{_stripe!.BaseUrl}}" }""" });
        await host.WaitUntilReadyAsync();

        (await PostAsync(host, Body, Signature(Body, DateTimeOffset.UtcNow, ""))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ASignedBodyThatIsNoEventIsRefused()
    {
        await using PluginTestHost host = await StartAsync();

        foreach (string body in new[] { "{}", "x", "[]", """{"id":"e","type":"t","created":"soon","data":{}}""" })
        {
            (await PostAsync(host, body, Signature(body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.UnprocessableEntity, body);
        }
    }

    [Fact]
    public async Task AReceiverThatIsDownMakesStripeRepeat()
    {
        await using PluginTestHost host = await StartAsync();
        _receiver!.Outage = Fault.Status(500);

        (await PostAsync(host, Body, Signature(Body, DateTimeOffset.UtcNow))).Should().Be(HttpStatusCode.BadGateway);
    }

    private static string Signature(string body, DateTimeOffset at, string secret = StripeCalls.WebhookSecret)
    {
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")))}";
    }

    private static async Task<HttpStatusCode> PostAsync(PluginTestHost host, string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/webhooks/events", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
        {
            request.Headers.Add("Stripe-Signature", signature);
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private Task<PluginTestHost> StartAsync() =>
        StripeCalls.StartAsync(_stripe!, more: $$""", "events": { "url": "{{new Uri(_receiver!.BaseUrl, "events")}}" }""");

    private sealed class EventsReceiver : IVendorStandIn
    {
        public string Name => "receiver";

        public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/events", () => Results.Accepted());
    }
}
