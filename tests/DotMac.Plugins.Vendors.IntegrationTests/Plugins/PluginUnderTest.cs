using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.Vendors.IntegrationTests.Plugins;

/// <summary>A plugin whose vendor is Prism, and what was asked of it.</summary>
internal sealed class PluginUnderTest : IAsyncDisposable
{
    private readonly PluginTestHost _host;
    private readonly ConcurrentBag<string> _called = [];

    private PluginUnderTest(PluginTestHost host) => _host = host;

    /// <summary>Starts one and waits until it is ready and has run its checks, which ask the vendor too.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="options">Its config.</param>
    /// <returns>The plugin.</returns>
    public static async Task<PluginUnderTest> StartAsync(BasePlugin plugin, PluginTestHostOptions options)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(plugin, options);
        await host.WaitUntilReadyAsync();
        await host.WaitForAsync(ContractPaths.Status, static response => Report(response).Checks is { Count: > 0 } checks
            && checks.All(static check => check.State != HealthState.Unknown));
        return new PluginUnderTest(host);
    }

    /// <summary>Calls an operation. It must succeed: what the vendor describes as its answer is what the plugin reads.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="request">The request, as JSON.</param>
    /// <returns>The answer.</returns>
    public async Task<JsonElement> CallAsync(string operation, string request)
    {
        _called.Add(operation);
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _host.Client.PostAsync(new Uri($"{ContractPaths.Operations}/{operation}", UriKind.Relative), content);
        string body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue("{0} answered {1}", operation, body);
        return body.Length == 0 ? default : JsonElement.Parse(body);
    }

    /// <summary>Asserts that no operation was left out: a new one has to be held against the description too.</summary>
    public async Task ShouldHaveBeenCalledForAllItOffersAsync()
    {
        OperationList offered = (await _host.Client.GetFromJsonAsync(ContractPaths.Operations, ContractJsonContext.Default.OperationList))!;
        _called.Distinct().Should().BeEquivalentTo(offered.Operations.Select(static operation => operation.Name));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static PluginStatusReport Report(HttpResponseMessage response) =>
        response.Content.ReadFromJsonAsync(ContractJsonContext.Default.PluginStatusReport).GetAwaiter().GetResult()!;
}
