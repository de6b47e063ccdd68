using System.Text.Json.Nodes;
using DotMac.Monitoring.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Monitoring.IntegrationTests;

[Collection(MonitoringCollection.Name)]
public sealed class ScrapeTests(MonitoringFixture fixture)
{
    [Fact]
    public async Task Prometheus_scrapes_both_replicas_and_the_plugin()
    {
        await fixture.WaitForAsync("sum by (job) (up) == 2", static result => result.Count == 1 && Label(result[0]!, "job") == "dotmac-operator");
        await fixture.WaitForAsync("sum by (job) (up) == 1", static result => result.Count == 1 && Label(result[0]!, "job") == "dotmac-plugins");
    }

    [Fact]
    public async Task The_operators_word_on_a_plugin_keeps_the_plugins_namespace()
    {
        var result = await fixture.WaitForAsync("dotmac_plugin_info{job=\"dotmac-operator\"}", static result => result.Count == 2);
        result.Should().OnlyContain(series => Label(series!, "namespace") == fixture.Namespace && Label(series!, "tenant") == "acme" && Label(series!, "name") == "twilio");
        (await fixture.WaitForAsync("dotmac_tenants", static result => result.Count == 2)).Should().OnlyContain(static series => Label(series!, "namespace") == "dotmac-system");
    }

    [Fact]
    public async Task A_plugin_cannot_say_that_it_is_another_tenants()
    {
        // It says "acme" and "twilio" of itself, as a malicious one could; the labels of its pod say otherwise, and they hold.
        (await fixture.PluginAsync()).Text.Should().Contain("dotmac_plugin_info{plugin=\"twilio\",").And.Contain("tenant=\"acme\"");
        var series = (await fixture.WaitForAsync("dotmac_plugin_info{job=\"dotmac-plugins\"}", static result => result.Count == 1))[0]!;
        Label(series, "tenant").Should().Be("globex");
        Label(series, "plugin").Should().Be("sms");
        Label(series, "namespace").Should().Be(fixture.Namespace);
        Label(series, "name").Should().Be("twilio");
        Label(series, "pod").Should().Be("twilio-5d4c");
        series["metric"]!.AsObject().Select(static label => label.Key).Should().NotContain(static label => label.StartsWith("exported_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_replicas_tell_of_a_plugin_and_it_is_counted_once()
    {
        var result = await fixture.WaitForAsync("tenant_phase:dotmac_plugin_phase:count{tenant=\"acme\"}", static result => result.Count == 1);
        result[0]!["value"]![1]!.GetValue<string>().Should().Be("1");
        await fixture.WaitForAsync("sum(phase:dotmac_plugins:max) == 1", static result => result.Count == 1);
    }

    [Fact]
    public async Task The_only_alert_under_way_is_that_of_the_plugin_which_has_no_node_to_run_on()
    {
        List<string> active = [];
        await Eventually.BeTrueAsync(
            async () =>
            {
                var answer = await fixture.Prometheus.AskAsync("/api/v1/alerts");
                active = [.. answer["data"]!["alerts"]!.AsArray().Select(static alert => alert!["labels"]!["alertname"]!.GetValue<string>())];
                return active is ["DotMacPluginNotInstalled"];
            },
            TimeSpan.FromSeconds(60),
            () => $"nothing else is pending or fires; there are: {string.Join(", ", active)}");
    }

    private static string? Label(JsonNode series, string name) => series["metric"]![name]?.GetValue<string>();
}
