using System.Net;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Tests.Samples;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Sdk.Tests;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "s3cret-path";
    private VendorServer? _receiver;

    private VendorServer Receiver => _receiver!;

    public async Task InitializeAsync() => _receiver = await VendorServer.StartAsync(new AskVendor());

    public async Task DisposeAsync() => await Receiver.DisposeAsync();

    // RFC 4231, test case 2.
    [Theory]
    [InlineData("Jefe", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", true)]
    [InlineData("Jefe", "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843", true)]
    [InlineData("Jefe", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844", false)]
    [InlineData("jefe", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", false)]
    [InlineData("Jefe", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec38", false)]
    [InlineData("Jefe", "zbdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", false)]
    [InlineData("Jefe", "", false)]
    [InlineData("", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", false)]
    public void AnHmacFitsOrDoesNot(string secret, string signature, bool expected) =>
        WebhookSignature.IsHmacSha256(secret, "what do ya want for nothing?"u8, signature).Should().Be(expected);

    [Theory]
    [InlineData("1000", 0, true)]
    [InlineData("1000", 300, true)]
    [InlineData("1000", 301, false)]
    [InlineData("1000", -301, false)]
    [InlineData("-1", 0, false)]
    [InlineData("", 0, false)]
    [InlineData("99999999999999999999", 0, false)]
    [InlineData("9223372036854775807", 0, false)]
    public void ATimeIsFreshOrIsNot(string signed, int secondsLater, bool expected) =>
        WebhookSignature.IsFresh(signed, TimeSpan.FromSeconds(300), DateTimeOffset.FromUnixTimeSeconds(1000 + secondsLater)).Should().Be(expected);

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "ab", false)]
    [InlineData("", "", false)]
    public void SecretsAreTheSameOrAreNot(string expected, string given, bool same) => WebhookSignature.AreEqual(expected, given).Should().Be(same);

    [Fact]
    public async Task AVerifiedCallbackReachesTheReceiverAsACloudEvent()
    {
        await using PluginTestHost host = await StartAsync(Events());

        using HttpResponseMessage response = await PostAsync(host, Secret, """{ "status": "delivered" }""");

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        ReceivedRequest received = Receiver.Requests.Single(static request => request.Path == "/events");
        received.Headers["Content-Type"].Should().Be("application/cloudevents+json; charset=utf-8");
        received.Headers["Authorization"].Should().Be("Bearer t0ken-of-receiver");
        JsonElement happened = received.Json();
        happened.GetProperty("specversion").GetString().Should().Be("1.0");
        happened.GetProperty("id").GetString().Should().Be("e-1");
        happened.GetProperty("source").GetString().Should().Be("/tenants/acme/plugins/ask");
        happened.GetProperty("type").GetString().Should().Be("io.dotmac.ask.happened");
        happened.GetProperty("subject").GetString().Should().Be("s");
        happened.GetProperty("time").GetDateTimeOffset().Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        happened.GetProperty("data").GetProperty("status").GetString().Should().Be("delivered");
        (await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Should().Contain("dotmac_plugin_webhook_calls_total{webhook=\"hook\"} 1\n");
        host.Log.Should().NotContain(Secret).And.NotContain("t0ken-of-receiver");
    }

    [Fact]
    public async Task AReceiverThatIsDownMakesTheVendorRepeat()
    {
        await using PluginTestHost host = await StartAsync(Events());
        Receiver.Outage = Fault.Status(503);

        using HttpResponseMessage failed = await PostAsync(host, Secret, "{}");
        Receiver.Outage = null;
        using HttpResponseMessage repeated = await PostAsync(host, Secret, "{}");

        failed.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        repeated.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task WithoutAReceiverACallbackIsLogged()
    {
        await using PluginTestHost host = await StartAsync("");

        using HttpResponseMessage response = await PostAsync(host, Secret, "{}");

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        response.Headers.ConnectionClose.Should().NotBe(true);
        host.Log.Should().Contain("io.dotmac.ask.happened").And.NotContain("\"@l\":\"Error\"");
        (await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Should().Contain("dotmac_plugin_webhook_errors_total{webhook=\"hook\"} 0\n");
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData(Secret + "/more")]
    public async Task AWrongSecretIsRefusedAndNothingIsToldOn(string secret)
    {
        await using PluginTestHost host = await StartAsync(Events());

        using HttpResponseMessage response = await PostAsync(host, secret, "{}");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Receiver.Requests.Should().NotContain(static request => request.Path == "/events");
    }

    [Fact]
    public async Task GetIsTakenOnlyWhereItIsDeclared()
    {
        await using PluginTestHost host = await StartAsync("");
        await using PluginTestHost other = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = """{ "token": "abc" }""" });
        await other.WaitUntilReadyAsync();

        (await host.Client.GetAsync(new Uri($"/v1/webhooks/hook/{Secret}", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await host.Client.GetAsync(new Uri("/v1/webhooks/hook/wrong", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using HttpResponseMessage refused = await other.Client.GetAsync(new Uri("/v1/webhooks/callback", UriKind.Relative));
        refused.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        refused.Content.Headers.Allow.Should().Equal("POST");
    }

    [Theory]
    [InlineData("t0ken\\n", "http://receiver/", "/events/token")]
    [InlineData("t0ken", "receiver", "/events/url")]
    public async Task AReceiverThatCannotBeAskedIsRefusedWithTheConfig(string token, string url, string pointer)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(
            new AskPlugin(), new() { Config = $$"""{ "token": "x", "baseUrl": "{{Receiver.BaseUrl}}", "events": { "url": "{{url}}", "token": "{{token}}" } }""" });

        await host.WaitForAsync(ContractPaths.Readyz, response => response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains(pointer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://hooks.acme.example/v1/webhooks/", "https://hooks.acme.example/v1/webhooks/")]
    [InlineData("https://hooks.acme.example/v1/webhooks", "https://hooks.acme.example/v1/webhooks/")]
    [InlineData(null, null)]
    public async Task ThePluginKnowsItsAddressOutside(string? given, string? expected)
    {
        var plugin = new AskPlugin();
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new() { PublicUrl = given is null ? null : new Uri(given) });

        plugin.PublicUrl?.AbsoluteUri.Should().Be(expected);
        (plugin.PublicUrl is null).Should().Be(expected is null);
    }

    private static async Task<HttpResponseMessage> PostAsync(PluginTestHost host, string secret, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await host.Client.PostAsync(new Uri($"{ContractPaths.Webhooks}/hook/{secret}", UriKind.Relative), content);
    }

    private string Events() => $$""", "events": { "url": "{{new Uri(Receiver.BaseUrl, "events")}}", "token": "${vault:ask/receiver}" }""";

    private async Task<PluginTestHost> StartAsync(string events)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new AskPlugin(), new()
        {
            Config = $$"""{ "token": "${vault:ask/token}", "baseUrl": "{{Receiver.BaseUrl}}"{{events}} }""",
            VaultSecrets = { ["ask"] = new() { ["token"] = Secret, ["receiver"] = "t0ken-of-receiver" } },
        });
        await host.WaitUntilReadyAsync();
        return host;
    }
}
