using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Stripe.Tests;

internal static class StripeCalls
{
    public const string SecretKey = "sk_test_st4nd-in-key";
    public const string WebhookSecret = "whsec_st4nd-in-secret";

    public static async Task<PluginTestHost> StartAsync(VendorServer stripe, string secretKey = SecretKey, string more = "", TimeProvider? time = null, string path = "")
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new StripePlugin(), new()
        {
            Config = $$"""{ "secretKey": "${vault:stripe/key}", "webhookSecret": "${vault:stripe/webhook}", "baseUrl": "{{new Uri(stripe.BaseUrl, path)}}"{{more}} }""",
            VaultSecrets = { ["stripe"] = new() { ["key"] = secretKey, ["webhook"] = WebhookSecret } },
            TimeProvider = time ?? TimeProvider.System,
        });
        await host.WaitUntilReadyAsync();
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

    public static async Task<JsonElement> OkAsync(this PluginTestHost host, string operation, string body, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await host.CallAsync(operation, body, headers);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    public static async Task<PluginProblem> ProblemAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ContractJsonContext.Default.PluginProblem)!;

    public static async Task<HttpStatusCode> PostEventAsync(this PluginTestHost host, string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/webhooks/events", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
        {
            request.Headers.Add("Stripe-Signature", signature);
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    public static string Signature(string body, DateTimeOffset at, string secret = WebhookSecret)
    {
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")))}";
    }

    public static Task<string> WaitForCredentialsAsync(this PluginTestHost host, HealthState state) => host.WaitForAsync(ContractPaths.Status, response =>
        StatusReader.TryRead(Encoding.UTF8.GetBytes(response.Content.ReadAsStringAsync().GetAwaiter().GetResult()), out PluginStatusReport? report, out _)
        && report.Checks.Any(check => check.Name == "credentials" && check.State == state));
}
