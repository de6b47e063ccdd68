using System.Net;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.SendGrid.Tests;

internal static class SendGridCalls
{
    public const string ApiKey = "SG.st4nd-in-key";
    public const string Mail = """{ "to": [{ "email": "ann@acme.example" }], "subject": "Hello", "text": "Hello" }""";
    private const string Sender = """, "fromEmail": "isp@acme.example", "fromName": "Acme ISP" """;

    public static async Task<PluginTestHost> StartAsync(VendorServer sendGrid, string apiKey = ApiKey, string more = Sender, string prefix = "", TimeSpan? troubled = null)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new SendGridPlugin(), new()
        {
            Config = $$"""{ "apiKey": "${vault:sendgrid/key}", "baseUrl": "{{new Uri(sendGrid.BaseUrl, prefix)}}"{{more}} }""",
            VaultSecrets = { ["sendgrid"] = new() { ["key"] = apiKey } },
            TroubledInterval = troubled ?? TimeSpan.FromSeconds(20),
        });
        await host.WaitUntilReadyAsync();
        return host;
    }

    public static async Task<HttpResponseMessage> SendAsync(this PluginTestHost host, string body = Mail, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{ContractPaths.Operations}/send_email", UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await host.Client.SendAsync(request);
    }

    public static async Task<JsonElement> OkAsync(this PluginTestHost host, string body = Mail)
    {
        using HttpResponseMessage response = await host.SendAsync(body);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    public static async Task<PluginProblem> ProblemAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ContractJsonContext.Default.PluginProblem)!;

    public static Task<string> WaitForCredentialsAsync(this PluginTestHost host, HealthState state) => host.WaitForAsync(ContractPaths.Status, response =>
        StatusReader.TryRead(Encoding.UTF8.GetBytes(response.Content.ReadAsStringAsync().GetAwaiter().GetResult()), out PluginStatusReport? report, out _)
        && report.Checks.Any(check => check.Name == "credentials" && check.State == state));

    public static int Mails(this VendorServer sendGrid) => sendGrid.Requests.Count(static request => request.Method == "POST");
}
