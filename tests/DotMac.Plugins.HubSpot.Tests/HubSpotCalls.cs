using System.Net;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.HubSpot.Tests;

internal static class HubSpotCalls
{
    public const string Token = "pat-eu1-st4nd-in-token";
    public const string ClientSecret = "st4nd-in-client-secret";
    public static readonly Uri PublicUrl = new("https://hooks.acme.example/v1/webhooks/");

    public static async Task<PluginTestHost> StartAsync(VendorServer hubSpot, string token = Token, string more = "")
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new HubSpotPlugin(), new()
        {
            Config = $$"""{ "accessToken": "${vault:hubspot/token}", "clientSecret": "${vault:hubspot/client}", "baseUrl": "{{hubSpot.BaseUrl}}"{{more}} }""",
            VaultSecrets = { ["hubspot"] = new() { ["token"] = token, ["client"] = ClientSecret } },
            PublicUrl = PublicUrl,
        });
        await host.WaitUntilReadyAsync();
        return host;
    }

    /// <summary>Starts it and lets the first check pass, so that no fault meant for a call hits the check.</summary>
    public static async Task<PluginTestHost> StartCheckedAsync(VendorServer hubSpot)
    {
        PluginTestHost host = await StartAsync(hubSpot);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        hubSpot.Forget();
        return host;
    }

    public static async Task<HttpResponseMessage> CallAsync(this PluginTestHost host, string operation, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{ContractPaths.Operations}/{operation}", UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await host.Client.SendAsync(request);
    }

    public static async Task<JsonElement> OkAsync(this PluginTestHost host, string operation, string body)
    {
        using HttpResponseMessage response = await host.CallAsync(operation, body);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    public static async Task<PluginProblem> RefusedAsync(this PluginTestHost host, HttpStatusCode expected, string operation, string body)
    {
        using HttpResponseMessage response = await host.CallAsync(operation, body);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(expected, text);
        return JsonSerializer.Deserialize(text, ContractJsonContext.Default.PluginProblem)!;
    }

    public static async Task<PluginProblem> ProblemAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ContractJsonContext.Default.PluginProblem)!;

    public static PluginProblem? ProblemOrNull(this HttpResponseMessage response) => response.IsSuccessStatusCode ? null : response.ProblemAsync().GetAwaiter().GetResult();

    public static string Text(this JsonElement element, params string[] path) => path.Aggregate(element, static (at, name) => at.GetProperty(name)).GetString()!;

    public static Task<string> WaitForCredentialsAsync(this PluginTestHost host, HealthState state) => host.WaitForAsync(ContractPaths.Status, response =>
        StatusReader.TryRead(Encoding.UTF8.GetBytes(response.Content.ReadAsStringAsync().GetAwaiter().GetResult()), out PluginStatusReport? report, out _)
        && report.Checks.Any(check => check.Name == "credentials" && check.State == state));
}
