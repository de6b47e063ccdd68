using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.Examples.Tests;

/// <summary>The contract, held by a plugin that knows nothing of the SDK.</summary>
public sealed class NodePluginTests : IDisposable
{
    private readonly TestTokenSigner _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public async Task ItServesACallAndTellsOfItInItsStatus()
    {
        await using NodePlugin plugin = await NodePlugin.StartAsync(_signer);

        using HttpResponseMessage response = await CallAsync(plugin, "send_page", """{ "to": "4711", "text": "Call me" }""");
        byte[] status = await plugin.Client.GetByteArrayAsync(new Uri(ContractPaths.Status, UriKind.Relative));
        OperationList list = JsonSerializer.Deserialize(await plugin.Client.GetStringAsync(new Uri(ContractPaths.Operations, UriKind.Relative)), ContractJsonContext.Default.OperationList)!;

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        StatusReader.TryRead(status, out PluginStatusReport? report, out string? error).Should().BeTrue(error);
        report!.State.Should().Be(PluginState.Active);
        report.Metrics.ApiCalls.Should().Be(1);
        report.Metrics.Latency!.Total().Should().Be(1);
        list.Operations.Should().ContainSingle().Which.Name.Should().Be("send_page");
    }

    [Theory]
    [InlineData("send_page", "system:serviceaccount:tenant-acme:default", "acme", """{ "to": "x", "text": "y" }""", 422)]
    [InlineData("send_page", "system:serviceaccount:tenant-acme:default", "acme", "{", 400)]
    [InlineData("send_page", "system:serviceaccount:tenant-acme:default", "other", "{}", 403)]
    [InlineData("send_page", "system:serviceaccount:elsewhere:default", "acme", "{}", 403)]
    [InlineData("toString", "system:serviceaccount:tenant-acme:default", "acme", "{}", 404)]
    [InlineData("send_page", null, "acme", "{}", 401)]
    public async Task ItRefusesWithProblemDetails(string operation, string? subject, string tenant, string body, int expected)
    {
        await using NodePlugin plugin = await NodePlugin.StartAsync(_signer);

        using HttpResponseMessage response = await CallAsync(plugin, operation, body, subject, tenant);

        ((int)response.StatusCode).Should().Be(expected);
        response.Content.Headers.ContentType!.MediaType.Should().Be(PluginProblem.MediaType);
        PluginProblem problem = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ContractJsonContext.Default.PluginProblem)!;
        problem.Status.Should().Be(expected);
        problem.Type.Should().StartWith("https://plugins.dotmac.io/problems/");
    }

    [Fact]
    public async Task ATokenOfAnotherClusterIsRefused()
    {
        using var other = new TestTokenSigner();
        await using NodePlugin plugin = await NodePlugin.StartAsync(_signer);
        plugin.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", other.Sign("system:serviceaccount:tenant-acme:default"));

        using HttpResponseMessage response = await plugin.Client.PostAsync(new Uri("/v1/operations/send_page", UriKind.Relative), new StringContent("{}"));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WithoutAConfigItIsAliveAndNotReadyAndSaysWhy()
    {
        await using NodePlugin plugin = await NodePlugin.StartAsync(_signer, config: null);

        using HttpResponseMessage ready = await plugin.Client.GetAsync(new Uri(ContractPaths.Readyz, UriKind.Relative));
        using HttpResponseMessage alive = await plugin.Client.GetAsync(new Uri(ContractPaths.Healthz, UriKind.Relative));

        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Contain("plugin.json");
        alive.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("sign-me", HttpStatusCode.NoContent)]
    [InlineData("another", HttpStatusCode.Forbidden)]
    public async Task ACallbackIsVerifiedBeforeItIsRead(string secret, HttpStatusCode expected)
    {
        await using NodePlugin plugin = await NodePlugin.StartAsync(_signer);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks/receipt") { Content = new StringContent("not even JSON") };
        request.Headers.Add("X-Pager-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "not even JSON"u8)));

        using HttpResponseMessage response = await plugin.Client.SendAsync(request);

        response.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task ToldToStopItTakesLateCallsAndEndsWell()
    {
        await using NodePlugin plugin = await NodePlugin.StartAsync(_signer);

        plugin.Terminate();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
        HttpStatusCode ready = HttpStatusCode.OK;
        while (ready == HttpStatusCode.OK)
        {
            using HttpResponseMessage answer = await plugin.Client.GetAsync(new Uri(ContractPaths.Readyz, UriKind.Relative), limit.Token);
            ready = answer.StatusCode;
        }

        using HttpResponseMessage late = await CallAsync(plugin, "send_page", """{ "to": "4711", "text": "Call me" }""");
        ready.Should().Be(HttpStatusCode.ServiceUnavailable);
        late.StatusCode.Should().Be(HttpStatusCode.OK);
        late.Headers.ConnectionClose.Should().BeTrue();
        (await plugin.EndAsync()).Should().Be(0);
    }

    private async Task<HttpResponseMessage> CallAsync(
        NodePlugin plugin, string operation, string body, string? subject = "system:serviceaccount:tenant-acme:default", string tenant = "acme")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{ContractPaths.Operations}/{operation}", UriKind.Relative)) { Content = new StringContent(body) };
        plugin.Client.DefaultRequestHeaders.Remove(ContractHeaders.Tenant);
        request.Headers.Add(ContractHeaders.Tenant, tenant);
        if (subject is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _signer.Sign(subject));
        }

        return await plugin.Client.SendAsync(request);
    }
}
