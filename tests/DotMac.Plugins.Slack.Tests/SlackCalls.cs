using System.Net;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Slack.Tests;

internal static class SlackCalls
{
    public const string BotToken = "xoxb-st4nd-in-token";

    // The secret, and below the request, of https://docs.slack.dev/authentication/verifying-requests-from-slack.
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    public static Task<PluginTestHost> StartAsync(VendorServer slack, string botToken = BotToken, string more = "", TimeProvider? time = null) =>
        StartAsync(slack.BaseUrl.AbsoluteUri, botToken, more, time);

    public static async Task<PluginTestHost> StartAsync(string baseUrl, string botToken = BotToken, string more = "", TimeProvider? time = null)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new SlackPlugin(), new()
        {
            Config = $$"""{ "botToken": "${vault:slack/token}", "signingSecret": "${vault:slack/signing}", "baseUrl": "{{baseUrl}}"{{more}} }""",
            VaultSecrets = { ["slack"] = new() { ["token"] = botToken, ["signing"] = SigningSecret } },
            TimeProvider = time ?? TimeProvider.System,
        });
        await host.WaitUntilReadyAsync();
        return host;
    }

    /// <summary>Starts with the first check done, so that what comes next is the test's own.</summary>
    public static async Task<PluginTestHost> StartHealthyAsync(VendorServer slack)
    {
        PluginTestHost host = await StartAsync(slack);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        slack.Forget();
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

    public static async Task<PluginProblem> ProblemAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ContractJsonContext.Default.PluginProblem)!;

    public static Task<string> WaitForCredentialsAsync(this PluginTestHost host, HealthState state) => host.WaitForAsync(ContractPaths.Status, response =>
        StatusReader.TryRead(Encoding.UTF8.GetBytes(response.Content.ReadAsStringAsync().GetAwaiter().GetResult()), out PluginStatusReport? report, out _)
        && report.Checks.Any(check => check.Name == "credentials" && check.State == state));

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static IReadOnlyDictionary<string, string> Fields(this ReceivedRequest request) =>
        request.Form().ToDictionary(static field => field.Key, static field => field.Value, StringComparer.Ordinal);
}
