using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Tests.Samples;

namespace DotMac.Plugins.Sdk.Tests;

public class OperationTests
{
    private const string Secret = "s3cr3t+token/\"x\"";

    [Theory]
    [InlineData("{ hunter2", 400, "")]
    [InlineData("", 400, "")]
    [InlineData("{}", 422, "/text")]
    [InlineData("""{ "text": 5 }""", 422, "/text")]
    [InlineData("""{ "text": null }""", 422, "/text")]
    [InlineData("""{ "text": "" }""", 422, "/text")]
    [InlineData("""{ "text": "hunter2hunter2" }""", 422, "/text")]
    [InlineData("""{ "text": "a", "times": "hunter2" }""", 422, "/times")]
    [InlineData("null", 422, "")]
    [InlineData("[]", 422, "")]
    public async Task ABadRequestIsTheCallersErrorAndNamesItsField(string body, int status, string pointer)
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        using HttpResponseMessage response = await host.CallAsync("echo", body);

        ((int)response.StatusCode).Should().Be(status);
        PluginProblem problem = await response.ProblemAsync();
        problem.Type.Should().Be(ProblemTypes.InvalidRequest);
        problem.Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        (await response.Content.ReadAsStringAsync()).Should().NotContain("hunter2");
        (await host.StatusAsync()).Metrics.ApiErrors.Should().Be(0);
    }

    [Theory]
    [InlineData("invalid", 422, ProblemTypes.InvalidRequest, null, null)]
    [InlineData("missing", 404, ProblemTypes.NotFound, null, null)]
    [InlineData("vendor", 502, ProblemTypes.VendorError, "20003", null)]
    [InlineData("limit", 429, ProblemTypes.VendorRateLimit, "20429", 8)]
    [InlineData("down", 503, ProblemTypes.VendorUnavailable, null, 3)]
    [InlineData("slow", 504, ProblemTypes.Timeout, null, null)]
    [InlineData("cancel", 500, ProblemTypes.Internal, null, null)]
    [InlineData("defect", 500, ProblemTypes.Internal, null, null)]
    public async Task FailuresAreToldApart(string kind, int status, string type, string? vendorCode, int? retryAfter)
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        using HttpResponseMessage response = await host.CallAsync("fail", $$"""{ "text": "{{kind}}" }""", (ContractHeaders.CorrelationId, "call-7"));

        ((int)response.StatusCode).Should().Be(status);
        PluginProblem problem = await response.ProblemAsync();
        problem.Type.Should().Be(type);
        problem.VendorCode.Should().Be(vendorCode);
        problem.CorrelationId.Should().Be("call-7");
        response.Headers.RetryAfter?.Delta?.TotalSeconds.Should().Be(retryAfter);
        (retryAfter is null).Should().Be(response.Headers.RetryAfter is null);
        response.Headers.GetValues(ContractHeaders.CorrelationId).Should().Equal("call-7");
        PluginMetrics metrics = (await host.StatusAsync()).Metrics;
        metrics.ApiCalls.Should().Be(1);
        metrics.ApiErrors.Should().Be(status >= 500 || status == 429 ? 1 : 0);
    }

    [Fact]
    public async Task TheDeadlineOfTheCallerEndsACall()
    {
        var plugin = new SamplePlugin { OnWait = token => Task.Delay(Timeout.Infinite, token) };
        await using PluginTestHost host = await StartAsync(plugin);

        using HttpResponseMessage response = await host.CallAsync("wait", "", (ContractHeaders.TimeoutMilliseconds, "30"));

        response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        (await response.ProblemAsync()).Type.Should().Be(ProblemTypes.Timeout);
    }

    [Fact]
    public async Task ABodyIsAtMostOneMebibyte()
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        using HttpResponseMessage response = await host.CallAsync("echo", $$"""{ "text": "{{new string('x', 1024 * 1024)}}" }""");

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.ProblemAsync()).Type.Should().Be(ProblemTypes.TooLarge);
    }

    [Fact]
    public async Task UnknownNamesAndPathsAreNotFound()
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        using HttpResponseMessage response = await host.CallAsync("nope", "{}");
        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ProblemAsync()).Detail.Should().Contain("echo, fail, leak, shout, wait");
        using HttpResponseMessage elsewhere = await host.Client.GetAsync(new Uri("/etc/passwd", UriKind.Relative));
        elsewhere.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await elsewhere.ProblemAsync()).Type.Should().Be(ProblemTypes.NotFound);
    }

    [Fact]
    public async Task OperationsAreListedWithTheirSchemas()
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        OperationList list = (await host.Client.GetFromJsonAsync(ContractPaths.Operations, ContractJsonContext.Default.OperationList))!;

        list.Operations.Select(operation => operation.Name).Should().Equal("echo", "fail", "leak", "shout", "wait");
        list.Webhooks.Select(webhook => webhook.Name).Should().Equal("callback");
        OperationDescriptor echo = list.Operations[0];
        echo.Description.Should().Be("Echoes.");
        JsonElement text = echo.RequestSchema!.Value.GetProperty("properties").GetProperty("text");
        text.GetProperty("description").GetString().Should().Be("What to say.");
        text.GetProperty("maxLength").GetInt32().Should().Be(10);
        echo.RequestSchema.Value.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Should().Equal("text");
        echo.ResponseSchema!.Value.GetProperty("properties").EnumerateObject().Select(property => property.Name).Should().Equal("text", "caller", "tenant", "greeting");
        list.Operations[4].RequestSchema.Should().BeNull();
        list.Operations[4].ResponseSchema.Should().BeNull();
    }

    [Fact]
    public async Task DelegatesAreOperationsToo()
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        (await (await host.CallAsync("shout", """{ "text": "hi+" }""")).Content.ReadAsStringAsync()).Should().Contain("\"HI+\"");
    }

    [Theory]
    [InlineData("good-id_1.2", true)]
    [InlineData("bad id", false)]
    [InlineData("", false)]
    public async Task AStrangeCorrelationIdIsReplaced(string id, bool kept)
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        using HttpResponseMessage response = await host.CallAsync("echo", """{ "text": "x" }""", (ContractHeaders.CorrelationId, id));

        (response.Headers.GetValues(ContractHeaders.CorrelationId).Single() == id).Should().Be(kept);
    }

    [Fact]
    public async Task SecretsDoNotLeaveTheProcess()
    {
        var plugin = new SamplePlugin { OnCheck = _ => Task.FromResult(CheckResult.Unhealthy($"The vendor refused {Secret}.")) };
        await using PluginTestHost host = await StartAsync(plugin);
        plugin.Config.Token.Should().Be(Secret);

        using HttpResponseMessage response = await host.CallAsync("leak", "");
        string problem = await response.Content.ReadAsStringAsync();
        await host.CallAsync("fail", """{ "text": "defect" }""");
        await host.WaitForCheckAsync("sample", HealthState.Unhealthy);
        string status = await host.GetAsync(ContractPaths.Status);

        problem.Should().Contain("does not like ***");
        host.Log.Should().Contain("The token is").And.Contain("A defect with ***");
        foreach (string form in new[] { Secret, "s3cr3t", JsonEncodedText.Encode(Secret).ToString() })
        {
            (problem + host.Log + status + await host.GetAsync(ContractPaths.Metrics)).Should().NotContain(form);
        }
    }

    [Fact]
    public async Task CallsAreCountedInStatusAndMetrics()
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());
        await host.CallAsync("echo", """{ "text": "x" }""");
        await host.CallAsync("echo", """{ "text": "x" }""");
        await host.CallAsync("fail", """{ "text": "vendor" }""");

        PluginMetrics metrics = (await host.StatusAsync()).Metrics;
        string page = await host.GetAsync(ContractPaths.Metrics);

        metrics.ApiCalls.Should().Be(3);
        metrics.ApiErrors.Should().Be(1);
        metrics.Latency!.Total().Should().Be(3);
        metrics.Latency.Percentile(95).Should().BePositive();
        page.Should().Contain("dotmac_plugin_api_calls_total{operation=\"echo\"} 2\n")
            .And.Contain("dotmac_plugin_api_errors_total{operation=\"fail\"} 1\n")
            .And.Contain("dotmac_plugin_api_in_flight{operation=\"echo\"} 0\n")
            .And.Contain("dotmac_plugin_api_duration_seconds_bucket{operation=\"echo\",le=\"+Inf\"} 2\n")
            .And.Contain("dotmac_plugin_ready 1\n")
            .And.Contain("dotmac_plugin_info{plugin=\"sample\",version=\"2.1.0\",tenant=\"acme\"} 1\n");
    }

    [Fact]
    public async Task WebhooksSeeRawBytesAndNothingRunsBeforeTheSignatureIsVerified()
    {
        await using PluginTestHost host = await StartAsync(new SamplePlugin());

        (await PostAsync(host, "callback", "{ not json", "10")).Should().Be((HttpStatusCode.OK, "got { not json"));
        (HttpStatusCode status, string body) = await PostAsync(host, "callback", "{ not json", "11");
        status.Should().Be(HttpStatusCode.Forbidden);
        body.Should().Contain(ProblemTypes.Forbidden);
        (await PostAsync(host, "unknown", "x", "1")).Item1.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task<(HttpStatusCode, string)> PostAsync(PluginTestHost host, string webhook, string body, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ContractPaths.Webhooks}/{webhook}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Add("X-Signature", signature);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<PluginTestHost> StartAsync(SamplePlugin plugin)
    {
        PluginTestHost host = await PluginTestHost.StartAsync(plugin, new()
        {
            Config = """{ "token": "${vault:crm/token}" }""",
            VaultSecrets = { ["crm"] = new() { ["token"] = Secret } },
        });
        await host.WaitUntilReadyAsync();
        return host;
    }
}
