using System.Text.Json.Nodes;
using DotMac.Monitoring.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Monitoring.IntegrationTests;

[Collection(MonitoringCollection.Name)]
public sealed class ExpressionTests(MonitoringFixture fixture)
{
    [Fact]
    public async Task Prometheus_understands_every_expression_of_rules_and_dashboards()
    {
        var expressions = Expression.All();
        expressions.Should().HaveCountGreaterThan(80);
        var refused = new List<string>();
        foreach (var expression in expressions)
        {
            var answer = await fixture.Prometheus.AskAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression.Text));
            if (answer["status"]!.GetValue<string>() != "success")
            {
                refused.Add($"{expression}: {answer["error"]}");
            }
        }

        refused.Should().BeEmpty();
    }

    [Fact]
    public async Task Prometheus_evaluates_every_rule_without_an_error()
    {
        List<JsonNode> rules = [];
        await Eventually.BeTrueAsync(
            async () =>
            {
                rules = [.. (await fixture.Prometheus.AskAsync("/api/v1/rules"))["data"]!["groups"]!.AsArray().SelectMany(static group => group!["rules"]!.AsArray()).OfType<JsonNode>()];
                return rules.All(static rule => rule["health"]!.GetValue<string>() != "unknown");
            },
            TimeSpan.FromSeconds(30),
            "every rule has been evaluated");
        rules.Should().HaveCount(Files.Rules().Count);
        rules.Where(static rule => rule["health"]!.GetValue<string>() != "ok").Select(static rule => $"{rule["name"]}: {rule["lastError"]}").Should().BeEmpty();
    }

    [Fact]
    public async Task Every_metric_in_rules_and_dashboards_exists_or_is_documented_as_seldom()
    {
        HashSet<string> known = [.. (await fixture.OperatorAsync()).Series, .. (await fixture.PluginAsync()).Series, .. Files.RuleNames("record"), "up"];
        foreach (var seldom in DocumentedMetric.All.Where(static metric => metric.Seldom))
        {
            known.UnionWith(seldom.Type == "histogram" ? [seldom.Name + "_bucket", seldom.Name + "_sum", seldom.Name + "_count"] : [seldom.Name]);
        }

        Expression.All().SelectMany(static expression => expression.Metrics().Select(metric => (Metric: metric, expression.Place)))
            .Where(used => !known.Contains(used.Metric))
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData("up", "up")]
    [InlineData("sum by (a, b) (rate(x_total{job=~\"y{2}|z\"}[5m])) > 3", "x_total")]
    [InlineData("max(a:b:c) / on (namespace) group_left (x) (d > 0)", "a:b:c d")]
    [InlineData("absent(up{job=\"j\"} == 1) or vector(0) and time() - t > 1e3", "t up")]
    public void The_metrics_of_an_expression_are_found(string text, string metrics) =>
        string.Join(' ', new Expression("test", text).Metrics().Order(StringComparer.Ordinal)).Should().Be(metrics);
}
