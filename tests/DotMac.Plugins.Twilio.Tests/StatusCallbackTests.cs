using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Twilio;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Twilio.Tests;

public sealed class StatusCallbackTests : TwilioTestBase
{
    private const string Public = "https://hooks.acme.example/v1/webhooks/";
    private const string Message = "SM00000000000000000000000000000001";
    private VendorServer? _receiver;

    private VendorServer Tenant => _receiver!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _receiver = await VendorServer.StartAsync(new EventsStandIn());
    }

    public override async Task DisposeAsync()
    {
        await Tenant.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task AReportOfTwilioBecomesAnEvent()
    {
        await using PluginTestHost host = await StartExposedAsync();

        using HttpResponseMessage response = await PostAsync(host, "status", Report("undelivered", ("ErrorCode", "30003"), ("ErrorMessage", "grüße & more+")));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        JsonElement told = Tenant.Requests.Single().Json();
        told.GetProperty("id").GetString().Should().Be($"{Message}:undelivered");
        told.GetProperty("type").GetString().Should().Be("io.dotmac.twilio.message.undelivered");
        told.GetProperty("source").GetString().Should().Be("/tenants/acme/plugins/twilio");
        told.GetProperty("subject").GetString().Should().Be(Message);
        JsonElement data = told.GetProperty("data");
        data.GetProperty("sid").GetString().Should().Be(Message);
        data.GetProperty("status").GetString().Should().Be("undelivered");
        data.GetProperty("to").GetString().Should().Be(Receiver);
        data.GetProperty("from").GetString().Should().Be("+15005550006");
        data.GetProperty("errorCode").GetInt32().Should().Be(30003);
        data.GetProperty("errorMessage").GetString().Should().Be("grüße & more+");
        data.TryGetProperty("messagingServiceSid", out _).Should().BeFalse();
    }

    [Fact]
    public async Task ARepeatedReportIsTheSameEvent()
    {
        await using PluginTestHost host = await StartExposedAsync();

        await PostAsync(host, "status", Report("sent"));
        await PostAsync(host, "status", Report("sent"));
        await PostAsync(host, "status", Report("delivered"));

        Tenant.Requests.Select(static request => request.Json().GetProperty("id").GetString())
            .Should().Equal($"{Message}:sent", $"{Message}:sent", $"{Message}:delivered");
    }

    [Theory]
    [InlineData("status?order=7")]
    [InlineData("status/order/7?x=%C3%BC+y")]
    public async Task AnAddressOfTheCallersOwnMakingBelowThePluginsIsVerifiedAsWell(string path)
    {
        await using PluginTestHost host = await StartExposedAsync();

        using HttpResponseMessage response = await PostAsync(host, path, Report("sent"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AJsonBodyIsVerifiedByItsHash()
    {
        await using PluginTestHost host = await StartExposedAsync();
        byte[] body = Encoding.UTF8.GetBytes($$"""{ "MessageSid": "{{Message}}", "MessageStatus": "failed", "ErrorCode": 30008, "To": null }""");
        string path = $"status?bodySHA256={Convert.ToHexStringLower(SHA256.HashData(body))}";

        using HttpResponseMessage good = await PostJsonAsync(host, path, body, Sign(path, []));
        body[^3] ^= 1;
        using HttpResponseMessage changed = await PostJsonAsync(host, path, body, Sign(path, []));
        using HttpResponseMessage unhashed = await PostJsonAsync(host, "status", body, Sign("status", []));

        good.StatusCode.Should().Be(HttpStatusCode.OK);
        changed.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        unhashed.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        JsonElement data = Tenant.Requests.Single().Json().GetProperty("data");
        data.GetProperty("status").GetString().Should().Be("failed");
        data.GetProperty("errorCode").GetInt32().Should().Be(30008);
    }

    [Fact]
    public async Task WhatTwilioDidNotSignIsRefused()
    {
        await using PluginTestHost host = await StartExposedAsync();
        Dictionary<string, string> report = Report("delivered");

        HttpStatusCode[] answers =
        [
            (await PostFormAsync(host, "status", report, null)).StatusCode,
            (await PostFormAsync(host, "status", report, "bm90IHR3aWxpbydzIHNpZ24=")).StatusCode,
            (await PostFormAsync(host, "status", report, CallbackSigner.Sign("another token", $"{Public}status", report))).StatusCode,
            (await PostFormAsync(host, "status", report, Sign("status", Report("failed")))).StatusCode,
            (await PostFormAsync(host, "status?order=8", report, Sign("status?order=7", report))).StatusCode,
            (await PostFormAsync(host, "status", report, CallbackSigner.Sign(Token, $"{host.Client.BaseAddress}v1/webhooks/status", report))).StatusCode,
        ];

        answers.Should().AllBeEquivalentTo(HttpStatusCode.Forbidden);
        Tenant.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task AnAbsurdFormIsRefusedBeforeAnythingElse()
    {
        await using PluginTestHost host = await StartExposedAsync();
        var fields = Enumerable.Range(0, 5000).ToDictionary(static number => $"f{number}", static _ => "x");

        using HttpResponseMessage response = await PostFormAsync(host, "status", fields, Sign("status", fields));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task APluginThatIsNotExposedTakesNoCallbacks()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await PostAsync(host, "status", Report("delivered"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task WhatIsNoReportOnAMessageIsSaidToBeNone()
    {
        await using PluginTestHost host = await StartExposedAsync();

        using HttpResponseMessage response = await PostAsync(host, "status", new() { ["CallSid"] = "CA1" });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(response)).Detail.Should().Contain("MessageSid");
        Tenant.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task ARotatedTokenVerifiesTheNextCallback()
    {
        await using PluginTestHost host = await StartExposedAsync();
        Dictionary<string, string> report = Report("sent");
        string signature = CallbackSigner.Sign("n3w-token", $"{Public}status", report);
        (await PostFormAsync(host, "status", report, signature)).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        host.WriteVaultSecret("twilio", new Dictionary<string, string> { ["auth_token"] = "n3w-token" });

        await Eventually.BeTrueAsync(
            async () => (await PostFormAsync(host, "status", report, signature)).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(20), "the new token is in force");
        host.Log.Should().NotContain("n3w-token").And.NotContain(Token);
    }

    [Fact]
    public async Task AReceiverThatIsDownMakesTwilioRepeat()
    {
        await using PluginTestHost host = await StartExposedAsync();
        Tenant.Outage = Fault.Status(503);

        using HttpResponseMessage response = await PostAsync(host, "status", Report("sent"));

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
    }

    private static Dictionary<string, string> Report(string status, params (string Name, string Value)[] more) =>
        new(more.Select(static field => KeyValuePair.Create(field.Name, field.Value)))
        {
            ["MessageSid"] = Message,
            ["SmsSid"] = Message,
            ["MessageStatus"] = status,
            ["SmsStatus"] = status,
            ["To"] = Receiver,
            ["From"] = "+15005550006",
            ["AccountSid"] = TwilioStandIn.DefaultAccountSid,
            ["ApiVersion"] = "2010-04-01",
            ["MessagingServiceSid"] = "",
        };

    private static string Sign(string path, Dictionary<string, string> form) => CallbackSigner.Sign(Token, Public + path, form);

    private static Task<HttpResponseMessage> PostAsync(PluginTestHost host, string path, Dictionary<string, string> form) =>
        PostFormAsync(host, path, form, Sign(path, form));

    private static async Task<HttpResponseMessage> PostFormAsync(PluginTestHost host, string path, Dictionary<string, string> form, string? signature)
    {
        using var content = new FormUrlEncodedContent(form);
        return await PostAsync(host, path, content, signature);
    }

    private static async Task<HttpResponseMessage> PostJsonAsync(PluginTestHost host, string path, byte[] body, string signature)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return await PostAsync(host, path, content, signature);
    }

    private static async Task<HttpResponseMessage> PostAsync(PluginTestHost host, string path, HttpContent content, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/webhooks/{path}") { Content = content };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        }

        return await host.Client.SendAsync(request);
    }

    private Task<PluginTestHost> StartExposedAsync() => StartAsync(
        $$""" "phoneNumber": "+15005550006", "events": { "url": "{{new Uri(Tenant.BaseUrl, "events")}}" } """, publicUrl: new Uri(Public));
}
