using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Pods;

namespace DotMac.Operator.IntegrationTests;

/// <summary>What the operator makes of what pods answer, and of what is told about them.</summary>
[Collection(ProbingCollection.Name)]
public sealed class HealthTests(ProbingFixture fixture)
{
    private const string Well = """{"state":"Active","startedAt":"2026-01-01T00:00:00Z","checks":[{"name":"credentials","state":"Healthy"}],"metrics":{"apiCalls":5}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "a body without end", "too long" },
        { "a body of a gigabyte", "too long" },
        { "one byte in a while", "no answer" },
        { "no answer at all", "no answer" },
        { "numbers that are none", "not the JSON" },
        { "a million checks", "too long" },
        { "a redirect to the cloud's metadata", "HTTP 302" },
        { "rubbish", "connection failed" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_plugin_harms_nothing_but_its_own_health(string behaviour, string told)
    {
        await using var metadata = new HostilePod(HostilePod.Answer(Well));
        await using var good = new HostilePod(HostilePod.Answer(Well));
        await using var bad = new HostilePod((stream, stop) => MisbehaveAsync(behaviour, metadata.Address, stream, stop));
        var tenant = await RunningAsync(good, "good");
        await RunningAsync(bad, "bad", tenant);

        (await tenant.WaitForConditionAsync("Healthy", "False", "ProbeFailed", "bad")).Should().Contain(told);

        await tenant.WaitForConditionAsync("Healthy", "True", "ChecksPassed", "good");
        metadata.Requests.Should().Be(0);
        var (before, asked) = (good.Requests, bad.Requests);
        await Eventually.BeTrueAsync(() => good.Requests >= before + 3 && bad.Requests > asked, Patience, "both are asked again and again");
        (await fixture.Operator.MetricAsync("process_resident_memory_bytes")).Should().BeLessThan(400 * 1024 * 1024);
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task What_steers_a_terminal_does_not_reach_the_status()
    {
        await using var pod = new HostilePod(HostilePod.Answer(
            """{"state":"Degraded","checks":[{"name":"a\u001b[2J","state":"Degraded","message":"\u001b[31mred\u0007\r\nlines\u202eesrever"}]}"""));
        var tenant = await RunningAsync(pod, "twilio");
        await tenant.WaitForConditionAsync("Healthy", "False", "ChecksDegraded");
        var status = (await tenant.GetAsync(tenant.PluginPath()))!["status"]!;
        status["health"]!["message"]!.GetValue<string>().Should().Be("a [2J:  [31mred   lines esrever");
        status.ToJsonString().Should().NotContain("\\u001B").And.NotContain("\\u202E");
        fixture.Operator.Log.Should().NotContain("\u001b[31m");
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task Usage_goes_on_counting_over_a_restart_of_the_process_and_of_the_operator()
    {
        var (calls, started) = (10, "2026-01-01T00:00:00Z");
        await using var pod = new HostilePod((stream, stop) => WriteAsync(
            stream, HostilePod.Answer($$$"""{"state":"Active","startedAt":"{{{started}}}","metrics":{"apiCalls":{{{calls}}},"apiErrors":1}}"""), stop));
        var tenant = await RunningAsync(pod, "twilio");
        await WaitForCallsAsync(tenant, 10);
        (calls, started) = (4, "2026-01-01T01:00:00Z");
        await WaitForCallsAsync(tenant, 14);
        calls = 6;
        await WaitForCallsAsync(tenant, 16);

        await fixture.Operator.KillAsync();
        await fixture.Operator.StartAsync();
        var asked = pod.Requests;
        await Eventually.BeTrueAsync(() => pod.Requests >= asked + 2, Patience, "the new operator has asked");
        calls = 9;
        await WaitForCallsAsync(tenant, 19);
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task A_volume_that_cannot_be_mounted_is_told_of_by_events_alone()
    {
        var tenant = await InstalledAsync("twilio");
        var pod = await PodAsync(tenant, "twilio");
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{tenant.Namespace}/events", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "mount", ["namespace"] = tenant.Namespace },
            ["involvedObject"] = new JsonObject
            {
                ["kind"] = "Pod",
                ["namespace"] = tenant.Namespace,
                ["name"] = Name(pod),
                ["uid"] = pod["metadata"]!["uid"]!.GetValue<string>(),
                ["apiVersion"] = "v1",
            },
            ["reason"] = "FailedMount",
            ["message"] = "MountVolume.SetUp failed for volume \"hooks\" : secret \"hooks\" not found",
            ["type"] = "Warning",
            ["count"] = 2,
            ["lastTimestamp"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        });
        (await tenant.WaitForConditionAsync("Available", "False", "VolumeMountFailed")).Should().Contain("secret \"hooks\" not found").And.Contain("Make what it names");
        await using var answers = new HostilePod(HostilePod.Answer(Well));
        await Kubelet.RunAsync(tenant, pod, answers);
        await tenant.WaitForConditionAsync("Available", "True", "PodsAvailable");
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task What_pods_use_is_told_where_metrics_are_served()
    {
        await using var answers = new HostilePod(HostilePod.Answer(Well));
        var tenant = await RunningAsync(answers, "twilio");
        var pod = await PodAsync(tenant, "twilio");
        await fixture.ControlPlane.SendAsync(HttpMethod.Post, $"apis/metrics.k8s.io/v1beta1/namespaces/{tenant.Namespace}/pods", new JsonObject
        {
            ["apiVersion"] = "metrics.k8s.io/v1beta1",
            ["kind"] = "PodMetrics",
            ["metadata"] = new JsonObject { ["name"] = Name(pod), ["labels"] = pod["metadata"]!["labels"]!.DeepClone() },
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "plugin", ["usage"] = new JsonObject { ["cpu"] = "12345678n", ["memory"] = "44564Ki" } }),
        });

        // Read once in an interval, and told with the numbers of the plugin itself.
        var plugin = await tenant.WaitForObjectAsync(tenant.PluginPath(), static p => p["status"]?["metrics"]?["memory"] is not null, "tells what its pods use");
        plugin["status"]!["metrics"]!["memory"]!.GetValue<string>().Should().Be("44Mi");
        plugin["status"]!["metrics"]!["cpu"]!.GetValue<string>().Should().Be("13m");
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    [Fact]
    public async Task Every_transition_is_an_event_and_trouble_that_goes_on_is_one_alone()
    {
        var body = Well;
        await using var answers = new HostilePod((stream, stop) => WriteAsync(stream, HostilePod.Answer(body), stop));
        var tenant = await RunningAsync(answers, "twilio");
        await tenant.WaitForPhaseAsync("Active");
        var number = 0;
        body = """{"state":"Failed","checks":[{"name":"credentials","state":"Unhealthy","message":"refused"}]}""";
        await tenant.WaitForConditionAsync("Healthy", "False", "ChecksFailed");
        var asked = answers.Requests;
        await Eventually.BeTrueAsync(() => answers.Requests >= asked + 3, Patience, "it is asked some more");
        body = Well;
        await tenant.WaitForConditionAsync("Healthy", "True", "ChecksPassed");
        await tenant.PatchAsync(tenant.PluginPath(), new JsonObject { ["spec"] = new JsonObject { ["enabled"] = false } });
        await tenant.WaitForPhaseAsync("Inactive");
        IReadOnlyList<(string Type, string Reason)> events = [];
        await Eventually.BeTrueAsync(
            async () =>
            {
                events = await EventsAsync(tenant);
                number = events.Count;
                return events.Any(static e => e.Reason == "Deactivated");
            },
            Patience,
            () => $"all is told; it was {string.Join(", ", events)} ({number})");
        events.Should().Contain([("Normal", "Installing"), ("Normal", "Activated"), ("Warning", "ChecksFailed"), ("Normal", "Recovered"), ("Normal", "SpecChanged"), ("Normal", "Deactivated")]);
        events.Count(static e => e.Reason == "ChecksFailed").Should().Be(1);
        await tenant.DeleteAsync($"api/v1/namespaces/{tenant.Namespace}");
    }

    private static async Task MisbehaveAsync(string behaviour, string metadata, Stream stream, CancellationToken stop)
    {
        switch (behaviour)
        {
            case "a body without end":
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", stop);
                await FloodAsync(stream, stop);
                break;
            case "a body of a gigabyte":
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", stop);
                await FloodAsync(stream, stop);
                break;
            case "one byte in a while":
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", stop);
                while (true)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(300), stop);
                    await WriteAsync(stream, " ", stop);
                }

            case "no answer at all":
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
                break;
            case "numbers that are none":
                await WriteAsync(stream, HostilePod.Answer("""{"state":"Active","metrics":{"apiCalls":NaN,"apiErrors":1e999}}"""), stop);
                break;
            case "a million checks":
                await WriteAsync(stream, HostilePod.Answer($$"""{"checks":[{{string.Join(',', Enumerable.Repeat("{}", 1_000_000))}}]}"""), stop);
                break;
            case "a redirect to the cloud's metadata":
                await WriteAsync(stream, HostilePod.Answer(string.Empty, $"302 Found\r\nLocation: http://{metadata}:8080/latest/meta-data/"), stop);
                break;
            default:
                await WriteAsync(stream, "SSH-2.0-OpenSSH_9.2\r\n", stop);
                break;
        }
    }

    private static async Task FloodAsync(Stream stream, CancellationToken stop)
    {
        var block = new byte[64 * 1024];
        while (true)
        {
            await stream.WriteAsync(block, stop);
        }
    }

    private static Task WriteAsync(Stream stream, string text, CancellationToken stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop).AsTask();

    private static string Name(JsonNode thing) => thing["metadata"]!["name"]!.GetValue<string>();

    private static Task WaitForCallsAsync(Tenant tenant, params long[] expected) => tenant.WaitForObjectAsync(
        tenant.PluginPath(),
        p => p["status"]?["metrics"]?["apiCalls"]?.GetValue<long>() is { } calls && expected.Contains(calls),
        $"counts {string.Join(" or ", expected)} calls");

    private async Task<Tenant> InstalledAsync(string name, Tenant? tenant = null)
    {
        tenant ??= new Tenant(fixture.ControlPlane, await fixture.CreateTenantAsync());
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, name));
        await tenant.WaitForChildrenAsync(name);
        return tenant;
    }

    private async Task<Tenant> RunningAsync(HostilePod answers, string name, Tenant? tenant = null)
    {
        tenant = await InstalledAsync(name, tenant);
        await Kubelet.RunAsync(tenant, await PodAsync(tenant, name), answers);
        return tenant;
    }

    private Task<JsonNode> PodAsync(Tenant tenant, string name) => Kubelet.PodAsync(fixture.ControlPlane, tenant, name);

    private async Task<IReadOnlyList<(string Type, string Reason)>> EventsAsync(Tenant tenant)
    {
        var list = await fixture.ControlPlane.SendAsync(HttpMethod.Get, $"apis/events.k8s.io/v1/namespaces/{tenant.Namespace}/events");
        return
        [
            .. list["items"]!.AsArray()
                .Where(static e => e!["regarding"]?["kind"]?.GetValue<string>() == "TenantPlugin")
                .Select(static e => (e!["type"]!.GetValue<string>(), e["reason"]!.GetValue<string>())),
        ];
    }
}
