using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Twilio;

namespace DotMac.Plugins.Twilio.Tests;

/// <summary>The plugin, Twilio's stand-in, and how to ask.</summary>
public abstract class TwilioTestBase : IAsyncLifetime
{
    protected const string Token = "st4nd-in-token";
    protected const string Receiver = "+15005550010";
    private TwilioStandIn? _twilio;

    protected TwilioStandIn Twilio => _twilio!;

    public virtual async Task InitializeAsync() => _twilio = await TwilioStandIn.StartAsync(TwilioStandIn.DefaultAccountSid, Token);

    public virtual async Task DisposeAsync() => await Twilio.DisposeAsync();

    protected static Task<HttpResponseMessage> SendAsync(PluginTestHost host, string to, string body) =>
        CallAsync(host, "send_sms", JsonSerializer.Serialize(new { to, body }));

    protected static async Task<HttpResponseMessage> CallAsync(PluginTestHost host, string operation, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await host.Client.PostAsync(new Uri($"{ContractPaths.Operations}/{operation}", UriKind.Relative), content);
    }

    protected static async Task<JsonElement> OkAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, body);
        return JsonElement.Parse(body);
    }

    protected static async Task<PluginProblem> ProblemAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync(ContractJsonContext.Default.PluginProblem))!;

    protected async Task<PluginTestHost> StartAsync(
        string more = "\"phoneNumber\": \"+15005550006\"", string token = Token, string? baseUrl = null, Uri? publicUrl = null)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new TwilioPlugin(), new()
        {
            Config = $$"""
                { "accountSid": "{{TwilioStandIn.DefaultAccountSid}}", "authToken": "${vault:twilio/auth_token}", {{more}}, "baseUrl": "{{baseUrl ?? Twilio.BaseUrl.ToString()}}" }
                """,
            VaultSecrets = { ["twilio"] = new() { ["auth_token"] = token } },
            PublicUrl = publicUrl,
        });
        await host.WaitUntilReadyAsync();
        return host;
    }
}
