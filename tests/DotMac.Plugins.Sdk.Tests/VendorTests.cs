using System.Net;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Tests.Samples;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.Sdk.Tests;

/// <summary>What a plugin does when its vendor is in trouble, and what it tells of that.</summary>
public sealed class VendorTests : IAsyncLifetime
{
    private VendorServer? _vendor;

    private VendorServer Vendor => _vendor!;

    public static TheoryData<Fault, int> Troubles => new()
    {
        { Fault.Status(500), 502 },
        { Fault.Status(503, retryAfter: "7"), 503 },
        { Fault.Status(429, retryAfter: "7"), 429 },
        { Fault.Status(401), 502 },
        { Fault.Status(403), 502 },
        { Fault.Status(404), 404 },
        { Fault.Status(400), 422 },
        { Fault.Silence, 504 },
        { Fault.StalledBody, 504 },
        { Fault.Reset, 503 },
        { Fault.ResetInBody, 503 },
        { Fault.MalformedJson, 502 },
    };

    public async Task InitializeAsync() => _vendor = await VendorServer.StartAsync(new AskVendor());

    public async Task DisposeAsync() => await Vendor.DisposeAsync();

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task EveryTroubleHasItsAnswerAndPasses(Fault fault, int expected)
    {
        ArgumentNullException.ThrowIfNull(fault);
        await using PluginTestHost host = await StartAsync(new() { Vendor = "Ask & Co", TryTimeout = TimeSpan.FromMilliseconds(300), MaxRetries = 0 });
        await host.WaitForCheckAsync("sample", HealthState.Healthy);
        Vendor.FailNext(fault);

        using HttpResponseMessage response = await host.CallAsync("ask", "{}");
        using HttpResponseMessage next = await host.CallAsync("ask", "{}");

        ((int)response.StatusCode).Should().Be(expected, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.Should().Be(PluginProblem.MediaType);
        response.Headers.RetryAfter?.Delta.Should().Be(TimeSpan.FromSeconds(7));
        next.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnOutageOpensTheBreakerIsToldAndHealsByItself()
    {
        await using PluginTestHost host = await StartAsync(
            new() { Vendor = "Ask & Co", MaxRetries = 0, BreakerThroughput = 4, BreakDuration = TimeSpan.FromMilliseconds(600) }, TimeSpan.FromMilliseconds(100));
        await host.WaitForCheckAsync("sample", HealthState.Healthy);
        Vendor.Outage = Fault.Status(503);
        await EventuallyAsync(async () =>
        {
            using HttpResponseMessage failed = await host.CallAsync("ask", "{}");
            return Dependency(await host.StatusAsync()).Message!.Contains("left alone", StringComparison.Ordinal);
        });
        (await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Should().Contain("dotmac_plugin_upstream_available{upstream=\"ask___co\"} 0\n");
        int asked = Vendor.Requests.Count;
        using HttpResponseMessage refused = await host.CallAsync("ask", "{}");
        refused.Headers.RetryAfter!.Delta.Should().BePositive();

        // Nobody calls any more: the check alone finds the vendor well again.
        Vendor.Outage = null;
        await EventuallyAsync(async () => Dependency(await host.StatusAsync()).State == HealthState.Healthy);
        await host.WaitForCheckAsync("sample", HealthState.Healthy);
        Vendor.Requests.Count.Should().BeGreaterThan(asked);
        using HttpResponseMessage well = await host.CallAsync("ask", "{}");
        well.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ThreeFailuresInARowAreToldWhereTooFewCallsAreMadeToOpenTheBreaker()
    {
        await using PluginTestHost host = await StartAsync(new() { Vendor = "Ask & Co", MaxRetries = 0 });
        await host.WaitForCheckAsync("sample", HealthState.Healthy);
        Vendor.FailNext(Fault.Status(503), Fault.Reset, Fault.Status(500));
        for (int call = 1; call <= 3; call++)
        {
            Dependency(await host.StatusAsync()).State.Should().Be(HealthState.Healthy, "{0} calls failed", call - 1);
            using HttpResponseMessage failed = await host.CallAsync("ask", "{}");
        }

        PluginDependency told = Dependency(await host.StatusAsync());
        using HttpResponseMessage well = await host.CallAsync("ask", "{}");

        told.State.Should().Be(HealthState.Degraded);
        told.Message.Should().Be("The last 3 requests to Ask & Co failed; last, it answered 500.");
        Dependency(await host.StatusAsync()).State.Should().Be(HealthState.Healthy);
    }

    [Fact]
    public async Task TheStatusCountsEveryTry()
    {
        await using PluginTestHost host = await StartAsync();
        await host.WaitForCheckAsync("sample", HealthState.Healthy);
        Vendor.FailNext(Fault.Status(500), Fault.Reset);

        using HttpResponseMessage response = await host.CallAsync("ask", "{}");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        PluginDependency dependency = Dependency(await host.StatusAsync());
        (dependency.Calls, dependency.Errors, dependency.State).Should().Be((4, 2, HealthState.Healthy));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task WithIdempotencyKeysARepetitionIsTheSameRequest(string method)
    {
        await using PluginTestHost host = await StartAsync(new() { Vendor = "Ask & Co", IdempotencyHeader = "Idempotency-Key", RetryDelay = TimeSpan.FromMilliseconds(1) });
        await host.WaitForCheckAsync("sample", HealthState.Healthy);
        Vendor.Forget();
        Vendor.FailNext(Fault.ResetInBody, Fault.Status(503));

        using HttpResponseMessage response = await host.CallAsync("ask", $$"""{ "method": "{{method}}" }""");
        using HttpResponseMessage other = await host.CallAsync("ask", $$"""{ "method": "{{method}}" }""");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        string[] keys = [.. Vendor.Requests.Select(static request => request.Headers["Idempotency-Key"])];
        keys.Should().HaveCount(4);
        keys[..3].Distinct().Should().ContainSingle();
        keys[3].Should().NotBe(keys[0]);
    }

    [Fact]
    public async Task NoMoreRequestsThanAllowedRunAtATime()
    {
        await using PluginTestHost host = await StartAsync(new() { Vendor = "Ask & Co", MaxConcurrency = 2, MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(20) });
        await host.WaitForCheckAsync("sample", HealthState.Healthy);
        Vendor.Forget();
        Vendor.FailNext(Fault.Silence, Fault.Silence);
        Task<HttpResponseMessage>[] silent = [host.CallAsync("ask", "{}", (ContractHeaders.TimeoutMilliseconds, "3000")), host.CallAsync("ask", "{}", (ContractHeaders.TimeoutMilliseconds, "3000"))];
        await EventuallyAsync(() => Task.FromResult(Vendor.Requests.Count == 2));

        using HttpResponseMessage third = await host.CallAsync("ask", "{}", (ContractHeaders.TimeoutMilliseconds, "100"));

        third.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        Vendor.Requests.Should().HaveCount(2);
        foreach (Task<HttpResponseMessage> call in silent)
        {
            (await call).StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        }

        using HttpResponseMessage free = await host.CallAsync("ask", "{}");
        free.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhoAsksAndUnderWhatNameReachesTheOperation()
    {
        await using PluginTestHost host = await StartAsync();
        await host.WaitUntilReadyAsync();

        using HttpResponseMessage response = await host.CallAsync("ask", "{}", (ContractHeaders.User, "ann@acme.example"), (ContractHeaders.IdempotencyKey, "order-17"));
        using HttpResponseMessage bad = await host.CallAsync("ask", "{}", (ContractHeaders.IdempotencyKey, "order 17"));

        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        answer.RootElement.GetProperty("user").GetString().Should().Be("ann@acme.example");
        answer.RootElement.GetProperty("key").GetString().Should().Be("order-17");
        bad.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await bad.Content.ReadAsStringAsync()).Should().Contain("Idempotency-Key");
    }

    [Fact]
    public async Task TracesAndMetricsGoToTheCollectorThatIsNamed()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new AskPlugin(), new()
        {
            Config = Config(),
            Environment = new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Vendor.BaseUrl.AbsoluteUri,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
            },
        });
        await host.WaitUntilReadyAsync();
        using HttpResponseMessage response = await host.CallAsync("ask", "{}");

        await EventuallyAsync(() => Task.FromResult(
            Vendor.Requests.Any(static request => request.Path == "/v1/traces" && request.Text().Contains("dotmac.operation", StringComparison.Ordinal))
            && Vendor.Requests.Any(static request => request.Path == "/v1/metrics" && request.Text().Contains("dotmac.plugin.api.calls", StringComparison.Ordinal))));

        // The vendor hears nothing of it.
        Vendor.Requests.Where(static request => request.Path is "/ask" or "/check").Should().OnlyContain(static request => !request.Headers.ContainsKey("traceparent"));
    }

    internal static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(10, end.Token);
        }
    }

    private static PluginDependency Dependency(PluginStatusReport status) => status.Dependencies.Single(static dependency => dependency.Name == "ask___co");

    private string Config() => $$"""{ "token": "s3cret-path", "baseUrl": "{{Vendor.BaseUrl}}" }""";

    private Task<PluginTestHost> StartAsync(PluginHttpClientOptions? http = null, TimeSpan? troubled = null) => PluginTestHost.StartAsync(
        http is null ? new AskPlugin() : new AskPlugin { Http = http },
        new() { Config = Config(), TroubledInterval = troubled ?? TimeSpan.FromMinutes(10) });
}
