using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using Pager;

namespace DotMac.Plugins.Examples.Tests;

/// <summary>The guide's example in C#. The first test stands in the guide as it is here.</summary>
public sealed class PagerPluginTests : IAsyncLifetime
{
    private VendorServer? _vendor;

    private VendorServer Vendor => _vendor!;

    public async Task InitializeAsync() => _vendor = await VendorServer.StartAsync(new PagerVendor("k3y-of-acme"));

    public async Task DisposeAsync() => await Vendor.DisposeAsync();

    // guide: begin
    [Fact]
    public async Task APageIsSent()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new PagerPlugin(), new()
        {
            Config = $$"""{ "apiKey": "${vault:pager/api_key}", "baseUrl": "{{Vendor.BaseUrl}}" }""",
            VaultSecrets = { ["pager"] = new() { ["api_key"] = "k3y-of-acme" } },
        });
        await host.WaitUntilReadyAsync();

        using HttpResponseMessage response = await host.Client.PostAsJsonAsync("/v1/operations/send_page", new { to = "4711", text = "Call me" });

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString().Should().Be("p-1");
        host.Log.Should().NotContain("k3y-of-acme");
    }

    // guide: end
    [Fact]
    public async Task AWrongRequestNamesItsField()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await host.Client.PostAsJsonAsync("/v1/operations/send_page", new { to = "x", text = "Call me" });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).Should().Contain("/to");
    }

    [Fact]
    public async Task AWrongKeyShowsInTheStatus()
    {
        await using PluginTestHost host = await StartAsync("wrong-key");

        await host.WaitForAsync("/status", static response =>
            response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains("Check apiKey", StringComparison.Ordinal));
        await host.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task AReceiptIsHandedOnIfItIsSigned()
    {
        await using PluginTestHost host = await StartAsync();
        const string Receipt = """{"id":"p-1"}""";
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData("sign-me"u8, Encoding.UTF8.GetBytes(Receipt)));

        (await PostAsync(host, Receipt, signature)).Should().Be(HttpStatusCode.NoContent);
        (await PostAsync(host, Receipt, new string('0', 64))).Should().Be(HttpStatusCode.Forbidden);

        Vendor.Requests.Count(static request => request.Path == "/events").Should().Be(1);
    }

    private static async Task<HttpStatusCode> PostAsync(PluginTestHost host, string receipt, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks/receipt") { Content = new StringContent(receipt) };
        request.Headers.Add("X-Pager-Signature", signature);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<PluginTestHost> StartAsync(string apiKey = "k3y-of-acme")
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new PagerPlugin(), new()
        {
            Config = $$"""{ "apiKey": "{{apiKey}}", "signingSecret": "sign-me", "baseUrl": "{{Vendor.BaseUrl}}", "events": { "url": "{{new Uri(Vendor.BaseUrl, "events")}}" } }""",
        });
        await host.WaitUntilReadyAsync();
        return host;
    }
}
