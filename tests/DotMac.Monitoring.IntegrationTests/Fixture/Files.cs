using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>The files that are tested.</summary>
internal static class Files
{
    public static string PlainRules => InRepository("config", "prometheus", "rules.plain.yaml");

    public static string Alerts => InRepository("docs", "alerts.md");

    public static string Monitoring => InRepository("docs", "monitoring.md");

    public static string RuleTests => InRepository("tests", "monitoring", "rules");

    public static IReadOnlyList<string> Dashboards { get; } = [.. Directory.EnumerateFiles(InRepository("config", "grafana"), "*.json").Order(StringComparer.Ordinal)];

    public static string InRepository(params string[] parts) => Path.Combine([RepositoryRoot.Path, .. parts]);

    /// <summary>A file of <c>config/prometheus</c> with a single document.</summary>
    public static JsonNode Prometheus(string name) => YamlText.ToJson(File.ReadAllText(InRepository("config", "prometheus", name))).Single();

    /// <summary>All rules: recording ones have <c>record</c>, others <c>alert</c>.</summary>
    public static IReadOnlyList<JsonNode> Rules() =>
        [.. Prometheus("rules.plain.yaml")["groups"]!.AsArray().SelectMany(static group => group!["rules"]!.AsArray()).OfType<JsonNode>()];

    /// <summary>The names of alerts, or of recording rules.</summary>
    public static IReadOnlyList<string> RuleNames(string kind) => [.. Rules().Select(rule => rule[kind]?.GetValue<string>()).OfType<string>()];
}
