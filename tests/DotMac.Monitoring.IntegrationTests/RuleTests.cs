using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DotMac.Monitoring.IntegrationTests.Fixture;
using DotMac.Testing.Cluster;

namespace DotMac.Monitoring.IntegrationTests;

public sealed partial class RuleTests
{
    private const string Runbooks = "https://github.com/dotmac/dotmac-operator/blob/main/docs/alerts.md#";

    public static TheoryData<string> Alerts => [.. Files.RuleNames("alert")];

    [Fact]
    public async Task Promtool_finds_no_fault_with_the_rules() =>
        (await Promtool.CheckAsync(["check", "rules", "--lint=all", "--lint-fatal", Files.PlainRules])).Should().Contain("SUCCESS").And.NotContain("duplicate");

    [Fact]
    public async Task Every_alert_fires_when_it_should_and_only_then_and_every_recorded_value_is_right() =>
        (await Promtool.CheckAsync(["test", "rules", .. RuleTestFiles()])).Should().NotContain("FAILED");

    [Fact]
    public void Every_rule_has_a_test_of_its_own_and_every_test_a_rule() =>
        RuleTestFiles().Select(Path.GetFileNameWithoutExtension).Should().BeEquivalentTo(
            [.. Files.RuleNames("alert"), .. Files.RuleNames("record").Select(static record => record.Replace(':', '.'))]);

    [Theory]
    [MemberData(nameof(Alerts))]
    public void The_test_of_an_alert_sees_it_silent_then_firing_then_silent_again(string alert)
    {
        var test = YamlText.ToJson(File.ReadAllText(Path.Combine(Files.RuleTests, alert + ".yaml"))).Single();
        var fires = test["tests"]!.AsArray().SelectMany(static t => t!["alert_rule_test"]!.AsArray())
            .Where(at => at!["alertname"]!.GetValue<string>() == alert)
            .Select(static at => at!["exp_alerts"]!.AsArray().Count > 0)
            .ToList();
        fires[0].Should().BeFalse();
        fires.Should().Contain(true);
        fires[^1].Should().BeFalse();
    }

    [Fact]
    public void Both_files_hold_the_same_rules()
    {
        var wrapped = Files.Prometheus("rules.yaml");
        wrapped["apiVersion"]!.GetValue<string>().Should().Be("monitoring.coreos.com/v1");
        wrapped["kind"]!.GetValue<string>().Should().Be("PrometheusRule");
        JsonNode.DeepEquals(wrapped["spec"]!["groups"], Files.Prometheus("rules.plain.yaml")["groups"])
            .Should().BeTrue("scripts/prometheus-rules makes rules.yaml of rules.plain.yaml");
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_says_how_bad_it_is_what_it_is_and_what_to_do(string alert)
    {
        var rule = Files.Rules().Single(r => r["alert"]?.GetValue<string>() == alert);
        rule["labels"]!["severity"]!.GetValue<string>().Should().BeOneOf("critical", "warning", "info");
        rule["annotations"]!["summary"]!.GetValue<string>().Should().NotBeNullOrWhiteSpace().And.NotEndWith(".");
        rule["annotations"]!["description"]!.GetValue<string>().Should().EndWith(".");
        var runbook = rule["annotations"]!["runbook_url"]!.GetValue<string>();
        runbook.Should().StartWith(Runbooks);
        Anchors().Should().Contain(runbook[Runbooks.Length..]);
    }

    [Fact]
    public void Every_section_of_the_runbook_is_an_alerts_and_says_what_to_do()
    {
        var sections = AlertHeading().Split(File.ReadAllText(Files.Alerts));
        sections.Where(static (_, i) => i % 2 == 1).Should().BeEquivalentTo(Files.RuleNames("alert"));
        sections.Where(static (_, i) => i > 0 && i % 2 == 0).Should().OnlyContain(static text =>
            text.Contains("**What it means.**", StringComparison.Ordinal) && text.Contains("**Look at.**", StringComparison.Ordinal) && text.Contains("**Do.**", StringComparison.Ordinal));
    }

    // As GitHub makes them of headings.
    private static HashSet<string> Anchors() =>
        [.. AnyHeading().Matches(File.ReadAllText(Files.Alerts)).Select(static match => match.Groups[1].Value.Trim().ToLowerInvariant().Replace(' ', '-'))];

    private static IEnumerable<string> RuleTestFiles() => Directory.EnumerateFiles(Files.RuleTests, "*.yaml").Order(StringComparer.Ordinal);

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex AnyHeading();

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex AlertHeading();
}
