using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.Sdk.Tests;

internal static class TestCalls
{
    public static Task<HttpResponseMessage> CallAsync(this PluginTestHost host, string operation, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{ContractPaths.Operations}/{operation}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return host.Client.SendAsync(request);
    }

    public static async Task<PluginProblem> ProblemAsync(this HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.Should().Be(PluginProblem.MediaType);
        return (await response.Content.ReadFromJsonAsync(ContractJsonContext.Default.PluginProblem))!;
    }

    public static async Task<PluginStatusReport> StatusAsync(this PluginTestHost host, string path = ContractPaths.Status)
    {
        byte[] body = await host.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        StatusReader.TryRead(body, out PluginStatusReport? report, out string? error).Should().BeTrue(error);
        return report!;
    }

    public static Task WaitForCheckAsync(this PluginTestHost host, string name, HealthState state) =>
        host.WaitForAsync(ContractPaths.Status, response =>
            JsonSerializer.Deserialize(response.Content.ReadAsStream(), ContractJsonContext.Default.PluginStatusReport)!
                .Checks.Any(check => check.Name == name && check.State == state));

    public static async Task<string> GetAsync(this PluginTestHost host, string path) => await host.Client.GetStringAsync(new Uri(path, UriKind.Relative));
}
