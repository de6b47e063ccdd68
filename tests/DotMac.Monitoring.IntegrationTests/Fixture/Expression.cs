using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>A PromQL expression of a rule or a dashboard.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">It, with Grafana's variables filled in.</param>
public sealed partial record Expression(string Place, string Text)
{
    private static readonly HashSet<string> Words = ["by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "offset", "bool", "inf", "nan"];

    /// <summary>All of the rules and all of the dashboards.</summary>
    public static IReadOnlyList<Expression> All() => [.. OfRules(), .. Files.Dashboards.SelectMany(OfDashboard)];

    /// <summary>The metrics that it names: what is left once strings, labels, ranges and functions are gone.</summary>
    public IReadOnlySet<string> Metrics()
    {
        var bare = Grouping().Replace(Selector().Replace(Text, " "), " ");
        return Name().Matches(Range().Replace(bare, " "))
            .Where(match => !Words.Contains(match.Value.ToLowerInvariant()) && !Function(bare, match.Value))
            .Select(static match => match.Value)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Place}: {Text}";

    private static bool Function(string text, string name) => Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\s*\(");

    private static IEnumerable<Expression> OfRules() => Files.Rules().Select(static rule =>
        new Expression((rule["alert"] ?? rule["record"])!.GetValue<string>(), rule["expr"]!.GetValue<string>()));

    private static IEnumerable<Expression> OfDashboard(string file)
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(file))!;
        var name = Path.GetFileName(file);
        foreach (var panel in dashboard["panels"]!.AsArray())
        {
            foreach (var target in panel!["targets"]?.AsArray() ?? [])
            {
                yield return new Expression($"{name}, {panel["title"]}", Filled(target!["expr"]!.GetValue<string>()));
            }
        }

        foreach (var variable in dashboard["templating"]!["list"]!.AsArray().Where(static v => v!["type"]!.GetValue<string>() == "query"))
        {
            // label_values(selector, label) is Grafana's own; the selector is Prometheus'.
            var query = variable!["query"]!["query"]!.GetValue<string>();
            yield return new Expression($"{name}, ${variable["name"]}", Filled(LabelValues().Match(query).Groups[1].Value));
        }
    }

    private static string Filled(string text) => text
        .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
        .Replace("$tenant", ".*", StringComparison.Ordinal)
        .Replace("$plugin", ".*", StringComparison.Ordinal);

    [GeneratedRegex("""\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}""")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<![\w:.])[a-zA-Z_:][\w:]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"^label_values\((.*), \w+\)$")]
    private static partial Regex LabelValues();
}
