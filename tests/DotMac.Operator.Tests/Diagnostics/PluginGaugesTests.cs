using DotMac.Kubernetes.Entities;
using DotMac.Operator.Diagnostics;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Diagnostics;

public sealed class PluginGaugesTests
{
    private const string Labels = """namespace="tenant-acme",name="twilio",tenant="acme",plugin="twilio" """;

    private readonly PluginStore _store = new();

    [Fact]
    public async Task Everything_that_a_status_says_is_told()
    {
        Add(
            """
            {
              "phase": "Degraded", "tenant": "acme", "version": "1.2.3", "replicas": 3, "readyReplicas": 2,
              "health": { "state": "Unhealthy" },
              "conditions": [ { "type": "Ready", "status": "False" } ],
              "metrics": { "apiCalls": 1042, "apiErrors": 3, "errorRatePercent": "0.29", "latencyP50Milliseconds": 41, "latencyP95Milliseconds": 120,
                           "restarts": 4, "memory": "100Mi", "cpu": "250m" }
            }
            """);
        (await SamplesAsync()).Should().Equal(
            Line("dotmac_plugin_api_calls_total", 1042),
            Line("dotmac_plugin_api_errors_total", 3),
            Line("dotmac_plugin_condition", 1, """condition="Ready",status="False" """),
            Line("dotmac_plugin_cpu_cores", 0.25),
            Line("dotmac_plugin_error_ratio", 0.0029),
            Line("dotmac_plugin_health", 1, """state="Unhealthy" """),
            Line("dotmac_plugin_info", 1, """version="1.2.3" """),
            Line("dotmac_plugin_latency_seconds", 0.041, """quantile="0.5" """),
            Line("dotmac_plugin_latency_seconds", 0.12, """quantile="0.95" """),
            Line("dotmac_plugin_memory_bytes", 104857600),
            Line("dotmac_plugin_phase", 1, """phase="Degraded" """),
            Line("dotmac_plugin_ready_replicas", 2),
            Line("dotmac_plugin_replicas", 3),
            Line("dotmac_plugin_restarts_total", 4));
    }

    [Fact]
    public async Task Of_a_plugin_that_nobody_has_looked_at_it_is_told_that_it_is_there()
    {
        Add(status: null);
        (await SamplesAsync()).Should().Equal("""dotmac_plugin_info{namespace="tenant-acme",name="twilio",tenant="",plugin="twilio",version=""} 1""");
        (await PageAsync()).Should().Contain("dotmac_plugins{phase=\"Unknown\"} 1\n").And.Contain("dotmac_tenants 0\n");
    }

    [Fact]
    public async Task What_is_not_known_is_left_out_and_not_said_to_be_zero()
    {
        Add("""{"tenant":"acme","metrics":{"apiCalls":0,"errorRatePercent":"nonsense"}}""");
        (await SamplesAsync()).Select(static line => line.Split('{')[0]).Should().Equal("dotmac_plugin_api_calls_total", "dotmac_plugin_info");
    }

    [Theory]
    [InlineData("Ready", "True", true, false)]
    [InlineData("Ready", "False", true, true)]
    [InlineData("SecretsReady", "Unknown", true, true)]
    [InlineData("SecretsReady", "Unknown", false, false)]
    [InlineData("SecretsReady", "False", false, true)]
    [InlineData("Stalled", "True", true, true)]
    [InlineData("Stalled", "False", true, false)]
    [InlineData("Reconciling", "True", true, true)]
    public async Task Only_conditions_that_are_not_as_one_would_wish_are_told(string type, string status, bool enabled, bool told)
    {
        Add($$"""{"tenant":"acme","conditions":[{"type":"{{type}}","status":"{{status}}"}]}""", enabled: enabled);
        (await SamplesAsync()).Where(static line => line.StartsWith("dotmac_plugin_condition{", StringComparison.Ordinal)).Should().HaveCount(told ? 1 : 0);
    }

    [Fact]
    public async Task Phases_are_counted_those_without_plugins_too()
    {
        Add("""{"tenant":"acme","phase":"Active"}""");
        Add("""{"tenant":"acme","phase":"Active"}""", "other");
        Add("""{"tenant":"globex","phase":"Failed"}""", ns: "tenant-globex");
        Add("""{"tenant":"globex","phase":"SomethingNew"}""", "newer", "tenant-globex");
        var page = await PageAsync();
        page.Should().Contain("dotmac_tenants 2\n");
        page.Split('\n').Where(static line => line.StartsWith("dotmac_plugins{", StringComparison.Ordinal)).Should().Equal(
            "dotmac_plugins{phase=\"Pending\"} 0",
            "dotmac_plugins{phase=\"Installing\"} 0",
            "dotmac_plugins{phase=\"Active\"} 2",
            "dotmac_plugins{phase=\"Degraded\"} 0",
            "dotmac_plugins{phase=\"Failed\"} 1",
            "dotmac_plugins{phase=\"Inactive\"} 0",
            "dotmac_plugins{phase=\"Terminating\"} 0",
            "dotmac_plugins{phase=\"Unknown\"} 1");
    }

    [Fact]
    public async Task Above_the_limit_the_last_ones_by_name_are_left_out_and_counted()
    {
        foreach (var name in new[] { "d", "b", "a", "c" })
        {
            Add("""{"phase":"Active"}""", name);
        }

        var page = await PageAsync(limit: 3);
        foreach (var (name, told) in new[] { ("a", true), ("b", true), ("c", true), ("d", false) })
        {
            page.Contains($"name=\"{name}\"", StringComparison.Ordinal).Should().Be(told, name);
        }

        page.Should().Contain("dotmac_plugin_metrics_left_out 1\n").And.Contain("dotmac_plugins{phase=\"Active\"} 4\n");
    }

    [Fact]
    public async Task Turned_off_only_the_sums_are_left()
    {
        Add("""{"tenant":"acme","phase":"Active"}""");
        var page = await PageAsync(each: false);
        page.Should().NotContain("twilio").And.Contain("dotmac_plugins{phase=\"Active\"} 1\n").And.Contain("dotmac_plugin_metrics_left_out 0\n");
    }

    [Fact]
    public async Task What_was_deleted_is_gone_at_the_next_scrape()
    {
        Add("""{"tenant":"acme","phase":"Active"}""");
        (await PageAsync()).Should().Contain("twilio");
        _store.Remove(new ObjectKey(Given.Namespace, "twilio"));
        (await PageAsync()).Should().NotContain("twilio").And.Contain("dotmac_plugins{phase=\"Active\"} 0\n");
    }

    [Fact]
    public async Task Before_the_cache_is_filled_nothing_is_said()
    {
        Add("""{"tenant":"acme","phase":"Active"}""");
        (await Exposition.OfAsync(new PluginGauges(_store, static () => false, each: true, limit: 10))).Should().BeEmpty();
    }

    [Fact]
    public async Task What_tenants_write_cannot_forge_a_line()
    {
        var plugin = Given.Plugin("""{"plugin":"a\"} 1\ndotmac_tenants 99\n\\"}""");
        _store.Set(plugin);
        (await PageAsync()).Split('\n').Where(static line => line.StartsWith("dotmac_tenants", StringComparison.Ordinal)).Should().Equal("dotmac_tenants 0");
        (await SamplesAsync()).Should().ContainSingle().Which.Should().Contain("""plugin="a\"} 1\ndotmac_tenants 99\n\\" """.TrimEnd());
    }

    [Fact]
    public async Task A_page_of_ten_thousand_plugins_is_never_in_memory_as_a_whole()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Add("""{"tenant":"acme","phase":"Active","replicas":1,"readyReplicas":1,"health":{"state":"Healthy"}}""", $"plugin-{i}");
        }

        var counting = new CountingStream();
        var writer = System.IO.Pipelines.PipeWriter.Create(counting);
        var page = new MetricsPage();
        page.Add(new PluginGauges(_store, static () => true, each: true, limit: 20_000));
        await page.WriteAsync(writer, CancellationToken.None);
        await writer.CompleteAsync();
        counting.Total.Should().BeGreaterThan(2_000_000);
        counting.Largest.Should().BeLessThan(100_000);
    }

    private static string Line(string name, double value, string more = "") =>
        FormattableString.Invariant($"{name}{{{Labels.TrimEnd()}{(more.Length > 0 ? "," + more.TrimEnd() : "")}}} {value}");

    private void Add(string? status, string name = "twilio", string ns = Given.Namespace, bool enabled = true)
    {
        var plugin = Given.Plugin(enabled ? """{"plugin":"twilio"}""" : """{"plugin":"twilio","enabled":false}""", name, ns);
        plugin.Status = status is null ? null! : Given.Read<TenantPluginStatus>(status);
        _store.Set(plugin);
    }

    private Task<string> PageAsync(bool each = true, int limit = 100) => Exposition.OfAsync(new PluginGauges(_store, static () => true, each, limit));

    private async Task<List<string>> SamplesAsync() =>
        [.. (await PageAsync()).Split('\n').Where(static line => line.StartsWith("dotmac_plugin_", StringComparison.Ordinal) && line.Contains("namespace=", StringComparison.Ordinal))];

    private sealed class CountingStream : MemoryStream
    {
        public long Total { get; private set; }

        public int Largest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Total += buffer.Length;
            Largest = Math.Max(Largest, buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
