using System.Net;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Mailchimp.Tests;

internal static class MailchimpCalls
{
    public const string Token = "0123456789abcdef-st4nd-in";
    public const string ApiKey = Token + "-us6";
    public const string WebhookSecret = "st4nd-in-secret-of-the-path";

    public static async Task<PluginTestHost> StartAsync(VendorServer mailchimp, string apiKey = ApiKey, string more = "", TimeProvider? time = null)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new MailchimpPlugin(), new()
        {
            Config = $$"""{ "apiKey": "${vault:mailchimp/key}", "webhookSecret": "${vault:mailchimp/webhook}", "baseUrl": "{{mailchimp.BaseUrl}}"{{more}} }""",
            VaultSecrets = { ["mailchimp"] = new() { ["key"] = apiKey, ["webhook"] = WebhookSecret } },
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

    public static Task<string> WaitForCredentialsAsync(this PluginTestHost host, HealthState state) => host.WaitForAsync(ContractPaths.Status, response =>
        StatusReader.TryRead(Encoding.UTF8.GetBytes(response.Content.ReadAsStringAsync().GetAwaiter().GetResult()), out PluginStatusReport? report, out _)
        && report.Checks.Any(check => check.Name == "credentials" && check.State == state));
}
