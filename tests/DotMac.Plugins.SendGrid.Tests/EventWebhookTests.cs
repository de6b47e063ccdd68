using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.SendGrid.Webhooks;
using DotMac.StandIns.Vendors.SendGrid;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.SendGrid.Tests;

public sealed class EventWebhookTests : IAsyncLifetime, IDisposable
{
    private const string Token = "st4nd-in-receiver-token";
    private const string Body =
        """
        [ { "email": "ann@acme.example", "event": "delivered", "sg_event_id": "e1", "sg_message_id": "sg-00000001.recvd-1-2.0", "timestamp": 1700000000, "line": "17" },
          { "email": "ann@acme.example", "event": "open", "sg_event_id": "e2", "sg_message_id": "sg-00000001.recvd-1-2.0", "timestamp": 1700000009 },
          { "event": "account_status_change", "type": "compliance_suspend", "sg_event_id": "e3", "timestamp": 1700000010 } ]
        """;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private VendorServer? _sendGrid;
    private VendorServer? _receiver;

    private VendorServer Receiver => _receiver!;

    public async Task InitializeAsync()
    {
        _sendGrid = await VendorServer.StartAsync(new SendGridStandIn(SendGridCalls.ApiKey));
        _receiver = await VendorServer.StartAsync(new EventsReceiver());
    }

    public async Task DisposeAsync()
    {
        await _sendGrid!.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task EachEventOfABatchIsHandedOnAsACloudEvent()
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, Body, DateTimeOffset.UtcNow)).Should().Be(HttpStatusCode.NoContent);

        Receiver.Requests.Should().HaveCount(3).And.OnlyContain(static request =>
            request.Headers["Content-Type"] == "application/cloudevents+json; charset=utf-8" && request.Headers["Authorization"] == $"Bearer {Token}");
        JsonElement[] events = [.. Receiver.Requests.Select(static request => request.Json()).OrderBy(static happened => happened.GetProperty("id").GetString(), StringComparer.Ordinal)];
        events.Select(static happened => happened.GetProperty("type").GetString()).Should().Equal(
            "io.dotmac.sendgrid.delivered", "io.dotmac.sendgrid.open", "io.dotmac.sendgrid.account_status_change");
        events[0].GetProperty("specversion").GetString().Should().Be("1.0");
        events[0].GetProperty("id").GetString().Should().Be("e1");
        events[0].GetProperty("source").GetString().Should().Be("/tenants/acme/plugins/sendgrid");
        events[0].GetProperty("subject").GetString().Should().Be("sg-00000001");
        events[0].GetProperty("time").GetDateTimeOffset().Should().Be(DateTimeOffset.FromUnixTimeSeconds(1700000000));
        events[0].GetProperty("data").GetProperty("line").GetString().Should().Be("17");
        events[2].TryGetProperty("subject", out _).Should().BeFalse();
        host.Log.Should().NotContain(Token);
    }

    [Fact]
    public async Task ALargeBatchIsHandedOnWhole()
    {
        await using PluginTestHost host = await StartAsync();
        string batch = JsonSerializer.Serialize(Enumerable.Range(0, 500).Select(static number => new Dictionary<string, object>
        {
            ["event"] = "processed",
            ["sg_event_id"] = $"e{number}",
            ["timestamp"] = 1700000000 + number,
        }));

        (await PostAsync(host, batch, DateTimeOffset.UtcNow)).Should().Be(HttpStatusCode.NoContent);

        Receiver.Requests.Select(static request => request.Json().GetProperty("id").GetString()).Should().HaveCount(500).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("tampered")]
    [InlineData("old")]
    [InlineData("early")]
    [InlineData("replayed with a new time")]
    [InlineData("other key")]
    [InlineData("no time")]
    [InlineData("no signature")]
    [InlineData("empty body")]
    public async Task AnythingElseIsRefusedAndNotHandedOn(string what)
    {
        await using PluginTestHost host = await StartAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset old = now.AddMinutes(-11);
        (string body, string? time, string? signature) = what switch
        {
            "tampered" => (Body.Replace("17", "18", StringComparison.Ordinal), Seconds(now), Sign(Body, now)),
            "old" => (Body, Seconds(old), Sign(Body, old)),
            "early" => (Body, Seconds(now.AddMinutes(11)), Sign(Body, now.AddMinutes(11))),
            "replayed with a new time" => (Body, Seconds(now), Sign(Body, old)),
            "other key" => (Body, Seconds(now), Sign(Body, now, other)),
            "no time" => (Body, null, Sign(Body, now)),
            "empty body" => ("", Seconds(now), Sign(Body, now)),
            _ => (Body, Seconds(now), (string?)null),
        };

        (await PostAsync(host, body, time, signature)).Should().Be(HttpStatusCode.Forbidden);

        Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task WithoutAKeyNothingIsTaken()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(_sendGrid!);

        (await PostAsync(host, Body, DateTimeOffset.UtcNow)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task WithoutAReceiverEventsAreLogged()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(_sendGrid!, more: $$""", "webhookPublicKey": "{{PublicKey()}}" """);

        (await PostAsync(host, Body, DateTimeOffset.UtcNow)).Should().Be(HttpStatusCode.NoContent);

        host.Log.Should().Contain("io.dotmac.sendgrid.delivered");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("""[{ "event": "open", "sg_event_id": "e1", "timestamp": 1700000000 }, null]""")]
    [InlineData("""[{ "event": "open", "sg_event_id": "e1", "timestamp": 1700000000 }, { "event": "open", "timestamp": 1700000000 }]""")]
    [InlineData("""[{ "event": "open", "sg_event_id": "e1", "timestamp": "soon" }]""")]
    [InlineData("""[{ "event": "open", "sg_event_id": "e1", "timestamp": 1e30 }]""")]
    [InlineData("""[{ "event": "open", "sg_event_id": "e1", "timestamp": 999999999999999 }]""")]
    [InlineData("""[{ "event": "", "sg_event_id": "e1", "timestamp": 1700000000 }]""")]
    public async Task ASignedBodyThatIsNoBatchIsRefusedWhole(string body)
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, body, DateTimeOffset.UtcNow)).Should().Be(HttpStatusCode.UnprocessableEntity);

        Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task AReceiverThatIsDownMakesSendGridRepeatAndThenAllIsWell()
    {
        await using PluginTestHost host = await StartAsync();
        Receiver.Outage = Fault.Status(500);

        HttpStatusCode down = await PostAsync(host, OneEvent, DateTimeOffset.UtcNow);
        Receiver.Outage = null;
        HttpStatusCode again = await PostAsync(host, OneEvent, DateTimeOffset.UtcNow);

        down.Should().Be(HttpStatusCode.BadGateway);
        again.Should().Be(HttpStatusCode.NoContent);
        Receiver.Requests.Select(static request => request.Json().GetProperty("id").GetString()).Should().OnlyContain(static id => id == "e1", "receivers tell repetitions by the id");
    }

    [Fact]
    public async Task OneRefusedEventMakesSendGridRepeatTheBatch()
    {
        await using PluginTestHost host = await StartAsync();
        Receiver.FailNext(Fault.Status(400));

        (await PostAsync(host, Body, DateTimeOffset.UtcNow)).Should().Be(HttpStatusCode.BadGateway);
    }

    private const string OneEvent = """[{ "event": "open", "sg_event_id": "e1", "timestamp": 1700000000 }]""";

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static async Task<HttpStatusCode> PostAsync(PluginTestHost host, string body, string? time, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/webhooks/events", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string? value) in new[] { (EventSignature.TimestampHeader, time), (EventSignature.SignatureHeader, signature) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private Task<HttpStatusCode> PostAsync(PluginTestHost host, string body, DateTimeOffset at) => PostAsync(host, body, Seconds(at), Sign(body, at));

    private string PublicKey() => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    private string Sign(string body, DateTimeOffset at, ECDsa? key = null) => Convert.ToBase64String(
        (key ?? _key).SignData(Encoding.UTF8.GetBytes(Seconds(at) + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private Task<PluginTestHost> StartAsync() => SendGridCalls.StartAsync(
        _sendGrid!, more: $$""", "webhookPublicKey": "{{PublicKey()}}", "events": { "url": "{{new Uri(Receiver.BaseUrl, "events")}}", "token": "{{Token}}" }""");
}
