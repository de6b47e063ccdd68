using System.IO.Compression;
using System.Text;
using DotMac.Monitoring.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Monitoring.IntegrationTests;

[Collection(MonitoringCollection.Name)]
public sealed class ExpositionTests(MonitoringFixture fixture)
{
    [Fact]
    public async Task Promtool_finds_no_fault_with_the_operators_exposition()
    {
        var exposition = await fixture.OperatorAsync();
        exposition.Families.Should().ContainKeys("dotmac_plugin_info", "controller_runtime_reconcile_total", "dotnet_process_cpu_time_seconds_total");
        (await Promtool.CheckAsync(["check", "metrics"], exposition.Text)).Should().BeEmpty();
    }

    [Fact]
    public async Task Promtool_finds_no_fault_with_a_plugins_exposition()
    {
        var exposition = await fixture.PluginAsync();
        exposition.Families.Should().ContainKey("dotmac_plugin_api_calls_total");
        (await Promtool.CheckAsync(["check", "metrics"], exposition.Text)).Should().BeEmpty();
    }

    [Fact]
    public async Task Promtool_would_find_fault_if_there_were_any()
    {
        // Else the two before would prove nothing.
        var (exitCode, output) = await Command.RunAsync("/usr/bin/promtool", ["check", "metrics"], "# TYPE bad counter\nbad 1\n");
        exitCode.Should().NotBe(0);
        output.Should().Contain("_total");
    }

    [Fact]
    public async Task Every_metric_is_documented_with_its_type_for_the_operator()
    {
        var documented = DocumentedMetric.All.Where(static metric => !metric.Section.Contains("plugin's own", StringComparison.Ordinal)).ToDictionary(static m => m.Name, static m => m.Type);
        (await fixture.OperatorAsync()).Families.Should().BeSubsetOf(documented);
    }

    [Fact]
    public async Task Every_metric_is_documented_with_its_type_for_plugins()
    {
        var documented = DocumentedMetric.All.Where(static metric => metric.Section.Contains("plugin's own", StringComparison.Ordinal)).ToDictionary(static m => m.Name, static m => m.Type);
        (await fixture.PluginAsync()).Families.Should().BeSubsetOf(documented);
    }

    [Fact]
    public async Task Every_documented_metric_is_there_but_for_those_that_are_seldom()
    {
        var there = (await fixture.OperatorAsync()).Families.Keys.Concat((await fixture.PluginAsync()).Families.Keys);
        DocumentedMetric.All.Where(static metric => !metric.Seldom).Select(static metric => metric.Name).Distinct().Should().BeSubsetOf(there);
    }

    [Fact]
    public async Task The_plugins_status_is_told_by_the_replica_that_stands_by_as_well()
    {
        static IEnumerable<string> Plugins(ExpositionText exposition) =>
            exposition.Text.Split('\n').Where(static line => line.StartsWith("dotmac_plugin", StringComparison.Ordinal) && line.Contains("name=", StringComparison.Ordinal));
        var labels = $"{{namespace=\"{fixture.Namespace}\",name=\"twilio\",tenant=\"acme\",plugin=\"twilio\"";
        IReadOnlyList<string> leader = [];
        IReadOnlyList<string> second = [];
        await Eventually.BeTrueAsync(
            async () =>
            {
                leader = [.. Plugins(await fixture.ExpositionAsync(fixture.Leader.Address))];
                second = [.. Plugins(await fixture.ExpositionAsync(fixture.Second.Address))];
                return leader.SequenceEqual(second);
            },
            TimeSpan.FromSeconds(30),
            () => $"both tell the same: {string.Join('\n', leader)} and {string.Join('\n', second)}");
        second.Should().Contain($"dotmac_plugin_api_calls_total{labels}}} 1042")
            .And.Contain($"dotmac_plugin_error_ratio{labels}}} 0.0029")
            .And.Contain($"dotmac_plugin_latency_seconds{labels},quantile=\"0.95\"}} 0.12")
            .And.Contain($"dotmac_plugin_memory_bytes{labels}}} 104857600")
            .And.Contain($"dotmac_plugin_cpu_cores{labels}}} 0.25")
            .And.Contain($"dotmac_plugin_restarts_total{labels}}} 4");
    }

    [Fact]
    public async Task A_scraper_that_takes_gzip_gets_it_and_another_gets_plain_text()
    {
        var (compressed, encoding) = await fixture.CompressedAsync(fixture.Leader.Address, "gzip");
        encoding.Should().Be("gzip");
        await using var unpacked = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        text.Should().Contain("\ndotmac_tenants ").And.EndWith("\n");
        compressed.Length.Should().BeLessThan(text.Length / 3);
        (await fixture.CompressedAsync(fixture.Leader.Address, "identity")).Encoding.Should().BeNull();
    }
}
