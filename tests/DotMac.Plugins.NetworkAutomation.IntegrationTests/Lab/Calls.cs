using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

/// <summary>Calls operations as callers do.</summary>
internal static class Calls
{
    public static async Task<(HttpStatusCode Status, string Body)> CallAsync(
        this PluginTestHost host, string operation, JsonObject request, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri($"{ContractPaths.Operations}/{operation}", UriKind.Relative)) { Content = content };
        if (timeout is TimeSpan limit)
        {
            message.Headers.Add(ContractHeaders.TimeoutMilliseconds, ((int)limit.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        using HttpResponseMessage response = await host.Client.SendAsync(message, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(CancellationToken.None));
    }

    /// <summary>Calls, and expects 200.</summary>
    public static async Task<JsonElement> OkAsync(this PluginTestHost host, string operation, JsonObject request, TimeSpan? timeout = null)
    {
        (HttpStatusCode status, string body) = await host.CallAsync(operation, request, timeout);
        status.Should().Be(HttpStatusCode.OK, body);
        return JsonElement.Parse(body);
    }

    /// <summary>Calls, and expects one result for each device; they are answered by device.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> ResultsAsync(
        this PluginTestHost host, string operation, JsonObject request, TimeSpan? timeout = null)
    {
        JsonElement answer = await host.OkAsync(operation, request, timeout);
        return answer.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("device").GetString()!);
    }

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    public static bool Ok(this JsonElement result) => result.GetProperty("ok").GetBoolean();
}
