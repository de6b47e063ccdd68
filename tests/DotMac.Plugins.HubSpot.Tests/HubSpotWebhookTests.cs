using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.HubSpot.Webhooks;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.StandIns.Vendors.HubSpot;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Plugins.HubSpot.Tests;

public sealed class HubSpotWebhookTests : IAsyncLifetime
{
    private const string Path = "/v1/webhooks/events";
    private const string Body = """
        [{"eventId":1,"subscriptionId":12,"portalId":33,"appId":44,"occurredAt":1564113600123,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeFlag":"NEW"},
         {"eventId":2,"subscriptionId":13,"portalId":33,"occurredAt":1564113600456,"subscriptionType":"contact.associationChange","attemptNumber":0,"fromObjectId":123,"toObjectId":456,"associationType":"CONTACT_TO_COMPANY"}]
        """;

    private VendorServer? _hubSpot;
    private VendorServer? _receiver;

    private VendorServer Receiver => _receiver!;

    public async Task InitializeAsync()
    {
        _hubSpot = await VendorServer.StartAsync(new HubSpotStandIn(HubSpotCalls.Token));
        _receiver = await VendorServer.StartAsync(new EventsReceiver());
    }

    public async Task DisposeAsync()
    {
        await _hubSpot!.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    // Published in the tests of HubSpot's own libraries (hubspot-api-python, hubspot-api-ruby; Apache-2.0).
    [Theory]
    [InlineData(1693657560000, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=")]
    [InlineData(1700000300000, "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=")]
    public void ASignatureOfHubSpotsOwnTestsFits(long time, string signature)
    {
        var verifier = new HubSpotSignature(
            static () => "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
            new Uri("https://www.example.com/"),
            new Frozen(DateTimeOffset.FromUnixTimeMilliseconds(time).AddMinutes(5)),
            NullLogger<HubSpotSignature>.Instance);
        var headers = new Dictionary<string, string>
        {
            ["X-HubSpot-Signature-v3"] = signature,
            ["X-HubSpot-Request-Timestamp"] = time.ToString(CultureInfo.InvariantCulture),
        };
        byte[] body = Encoding.UTF8.GetBytes("{'example_field':'example_value'}");

        verifier.Verify(new WebhookRequest("/v1/webhooks/webhook_uri", headers, body)).Should().BeTrue();
        verifier.Verify(new WebhookRequest("/v1/webhooks/webhook_uri", headers, body) { Method = "GET" }).Should().BeFalse("the method is signed");
        verifier.Verify(new WebhookRequest("/v1/webhooks/webhook_uri?x", headers, body)).Should().BeFalse("the query is signed");
        verifier.Verify(new WebhookRequest("/webhook_uri", headers, body)).Should().BeFalse();
    }

    [Fact]
    public async Task TheEventsOfASignedCallbackAreHandedOnAsCloudEvents()
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, Body, Sign(Body))).Should().Be(HttpStatusCode.NoContent);

        JsonElement[] happened = [.. Receiver.Requests.Select(static request => request.Json()).OrderBy(static one => one.Text("id"))];
        happened.Select(static one => one.Text("type")).Should().Equal("io.dotmac.hubspot.contact.creation", "io.dotmac.hubspot.contact.associationChange");
        happened.Select(static one => one.Text("subject")).Should().Equal("123", "123-456");
        happened.Select(static one => one.Text("id")).Should().Equal("1-12-123-1564113600123", "2-13-123-456-1564113600456");
        happened[0].GetProperty("time").GetDateTimeOffset().Should().Be(DateTimeOffset.FromUnixTimeMilliseconds(1564113600123));
        happened[0].Text("source").Should().Be("/tenants/acme/plugins/hubspot");
        happened[0].Text("specversion").Should().Be("1.0");
        happened[0].Text("data", "changeFlag").Should().Be("NEW");
        Receiver.Requests.Should().OnlyContain(static request => request.Headers["Content-Type"].StartsWith("application/cloudevents+json"));
        host.Log.Should().NotContain(HubSpotCalls.ClientSecret);
    }

    [Fact]
    public async Task TheSameEventHasTheSameIdWhenItComesAgain()
    {
        await using PluginTestHost host = await StartAsync();
        string again = Body.Replace("\"attemptNumber\":0", "\"attemptNumber\":1", StringComparison.Ordinal);

        await PostAsync(host, Body, Sign(Body));
        await PostAsync(host, again, Sign(again));

        Receiver.Requests.Should().HaveCount(4);
        Receiver.Requests.Select(static request => request.Json().Text("id")).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public async Task AHundredEventsAreHandedOnAll()
    {
        await using PluginTestHost host = await StartAsync();
        string body = $"[{string.Join(',', Enumerable.Range(0, 100).Select(static number => $$"""{"eventId":{{number}},"subscriptionId":1,"occurredAt":1564113600000,"subscriptionType":"deal.propertyChange","objectId":{{number}}}"""))}]";

        (await PostAsync(host, body, Sign(body))).Should().Be(HttpStatusCode.NoContent);

        Receiver.Requests.Select(static request => request.Json().Text("id")).Distinct().Should().HaveCount(100);
    }

    [Theory]
    [InlineData("?a=hs%3Aapp%2Fv3%20x", "?a=hs:app/v3%20x")]
    [InlineData("?a=hs%3aapp", "?a=hs:app")]
    [InlineData("?a=hs%3Aapp%2Fv3%20x", "?a=hs%3Aapp%2Fv3%20x")]
    [InlineData("/further", "/further")]
    public async Task TheQueryIsSignedAsItCameOrDecodedAsDocumented(string sent, string signed)
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, Body, Sign(Body, uri: $"https://hooks.acme.example{Path}{signed}"), Path + sent)).Should().Be(HttpStatusCode.NoContent);
        (await PostAsync(host, Body, Sign(Body, uri: $"https://hooks.acme.example{Path}"), Path + sent)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("tampered")]
    [InlineData("old")]
    [InlineData("replayed later")]
    [InlineData("early")]
    [InlineData("other key")]
    [InlineData("other address")]
    [InlineData("other method")]
    [InlineData("time in seconds")]
    [InlineData("time out of range")]
    [InlineData("no time")]
    [InlineData("no base64")]
    [InlineData("none")]
    [InlineData("v1 alone")]
    [InlineData("empty body")]
    public async Task AnythingElseIsRefusedAndNotHandedOn(string what)
    {
        await using PluginTestHost host = await StartAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (string Signature, string? Time) good = Sign(Body);
        (string body, (string? Signature, string? Time) sign) = what switch
        {
            "tampered" => (Body.Replace("123", "124", StringComparison.Ordinal), good),
            "old" => (Body, Sign(Body, now.AddMinutes(-5).AddSeconds(-5))),
            "replayed later" => (Body, (Sign(Body, now.AddMinutes(-6)).Signature, good.Time)),
            "early" => (Body, Sign(Body, now.AddMinutes(6))),
            "other key" => (Body, Sign(Body, secret: "other")),
            "other address" => (Body, Sign(Body, uri: $"http://hooks.acme.example{Path}")),
            "other method" => (Body, Sign(Body, method: "PUT")),
            "time in seconds" => (Body, Sign(Body, time: now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))),
            "time out of range" => (Body, Sign(Body, time: long.MaxValue.ToString(CultureInfo.InvariantCulture))),
            "no time" => (Body, (good.Signature, null)),
            "no base64" => (Body, (new string('!', 44), good.Time)),
            "v1 alone" => (Body, (null, good.Time)),
            "empty body" => ("", good),
            _ => (Body, (null, (string?)null)),
        };

        (await PostAsync(host, body, sign)).Should().Be(HttpStatusCode.Forbidden);

        Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task WithinTheWindowAnOlderCallbackIsTaken()
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, Body, Sign(Body, DateTimeOffset.UtcNow.AddMinutes(-4)))).Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(false, true, "clientSecret is not set")]
    [InlineData(true, false, "spec.ingress")]
    public async Task WithoutASecretOrAnAddressNothingIsTakenAndTheLogSaysWhy(bool hasSecret, bool hasAddress, string said)
    {
        string secret = hasSecret ? """, "clientSecret": "c" """ : "";
        await using PluginTestHost host = await PluginTestHost.StartAsync(new HubSpotPlugin(), new()
        {
            Config = $$"""{ "accessToken": "{{HubSpotCalls.Token}}", "baseUrl": "{{_hubSpot!.BaseUrl}}"{{secret}} }""",
            PublicUrl = hasAddress ? HubSpotCalls.PublicUrl : null,
        });
        await host.WaitUntilReadyAsync();

        (await PostAsync(host, Body, Sign(Body, secret: hasSecret ? "c" : ""))).Should().Be(HttpStatusCode.Forbidden);

        host.Log.Should().Contain(said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"subscriptionType":"contact.creation","objectId":1,"occurredAt":1}]""")]
    [InlineData("""[{"eventId":1,"subscriptionType":"","objectId":1,"occurredAt":1}]""")]
    [InlineData("""[{"eventId":1,"subscriptionType":"contact.creation","objectId":1,"occurredAt":"soon"}]""")]
    [InlineData("""[{"eventId":1,"subscriptionType":"contact.creation","objectId":1,"occurredAt":9223372036854775807}]""")]
    public async Task ASignedBodyThatHoldsNoEventsIsRefused(string body)
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, body, Sign(body))).Should().Be(HttpStatusCode.UnprocessableEntity);

        Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task AnEmptyListIsTaken()
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, "[]", Sign("[]"))).Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task AReceiverThatIsDownMakesHubSpotRepeat()
    {
        await using PluginTestHost host = await StartAsync();
        Receiver.Outage = Fault.Status(503);

        HttpStatusCode down = await PostAsync(host, Body, Sign(Body));
        Receiver.Outage = null;
        Receiver.Forget();
        HttpStatusCode up = await PostAsync(host, Body, Sign(Body));

        down.Should().Be(HttpStatusCode.BadGateway);
        up.Should().Be(HttpStatusCode.NoContent);
        Receiver.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task OneEventThatIsNotTakenMakesHubSpotRepeatAll()
    {
        await using PluginTestHost host = await StartAsync();
        Receiver.FailNext(Fault.Status(400));

        (await PostAsync(host, Body, Sign(Body))).Should().Be(HttpStatusCode.BadGateway);
    }

    private static (string Signature, string? Time) Sign(
        string body,
        DateTimeOffset? at = null,
        string secret = HubSpotCalls.ClientSecret,
        string uri = "https://hooks.acme.example" + Path,
        string method = "POST",
        string? time = null)
    {
        time ??= (at ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return (Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{method}{uri}{body}{time}"))), time);
    }

    private static async Task<HttpStatusCode> PostAsync(PluginTestHost host, string body, (string? Signature, string? Time) sign, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-HubSpot-Signature", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(HubSpotCalls.ClientSecret + body))));
        request.Headers.Add("X-HubSpot-Signature-Version", "v1");
        if (sign.Signature is not null)
        {
            request.Headers.Add("X-HubSpot-Signature-v3", sign.Signature);
        }

        if (sign.Time is not null)
        {
            request.Headers.Add("X-HubSpot-Request-Timestamp", sign.Time);
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private Task<PluginTestHost> StartAsync() => HubSpotCalls.StartAsync(_hubSpot!, more: $$""", "events": { "url": "{{new Uri(Receiver.BaseUrl, "events")}}" }""");

    private sealed class Frozen(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class EventsReceiver : IVendorStandIn
    {
        public string Name => "receiver";

        public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/events", () => Results.Accepted());
    }
}
