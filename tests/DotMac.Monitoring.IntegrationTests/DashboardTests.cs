using System.Text.Json.Nodes;
using DotMac.Monitoring.IntegrationTests.Fixture;
using DotMac.Testing.Cluster;

namespace DotMac.Monitoring.IntegrationTests;

public sealed class DashboardTests
{
    public static TheoryData<string> Names => [.. Files.Dashboards.Select(static file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_dashboard_uses_the_data_source_that_is_chosen_and_no_other(string name)
    {
        var dashboard = Read(name);
        var sources = Descendants(dashboard).OfType<JsonObject>().Where(static o => o["datasource"] is not null).Select(static o => o["datasource"]!["uid"]!.GetValue<string>()).ToList();
        sources.Should().NotBeEmpty().And.OnlyContain(static uid => uid == "${datasource}");
        Variables(dashboard)[0].Should().Be(("datasource", "datasource"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_have_numbers_of_their_own_and_do_not_lie_upon_each_other(string name)
    {
        var panels = Read(name)["panels"]!.AsArray();
        panels.Select(static panel => panel!["id"]!.GetValue<int>()).Should().OnlyHaveUniqueItems();
        var taken = new HashSet<(int X, int Y)>();
        foreach (var panel in panels)
        {
            var (x, y, w, h) = (At(panel!, "x"), At(panel!, "y"), At(panel!, "w"), At(panel!, "h"));
            (x + w).Should().BeLessThanOrEqualTo(24);
            foreach (var cell in Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(row => (column, row))))
            {
                taken.Add(cell).Should().BeTrue($"{panel!["title"]} lies on another panel");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_panel_has_a_title_and_an_expression_in_each_of_its_queries(string name)
    {
        foreach (var panel in Read(name)["panels"]!.AsArray().Where(static panel => panel!["type"]!.GetValue<string>() != "row"))
        {
            panel!["title"]!.GetValue<string>().Should().NotBeEmpty();
            panel["targets"]!.AsArray().Should().NotBeEmpty().And.OnlyContain(static target => target!["expr"]!.GetValue<string>().Length > 0);
            panel["targets"]!.AsArray().Select(static target => target!["refId"]!.GetValue<string>()).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void Dashboards_do_not_take_each_others_place() => Files.Dashboards.Select(static file => Read(Path.GetFileName(file))["uid"]!.GetValue<string>()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Plugins_can_be_chosen_by_tenant_and_by_plugin()
    {
        var dashboard = Read("plugins-by-tenant.json");
        Variables(dashboard).Should().Equal(("datasource", "datasource"), ("tenant", "query"), ("plugin", "query"));
        Descendants(dashboard["panels"]!).OfType<JsonObject>().Select(static o => o["expr"]).OfType<JsonNode>().Select(static expr => expr.GetValue<string>())
            .Should().OnlyContain(static expr => expr.Contains("tenant=~\"$tenant\"", StringComparison.Ordinal) && expr.Contains("plugin=~\"$plugin\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Grafanas_sidecar_finds_the_dashboards_by_their_label()
    {
        var kustomization = YamlText.ToJson(File.ReadAllText(Files.InRepository("config", "grafana", "kustomization.yaml"))).Single();
        kustomization["generatorOptions"]!["labels"]!["grafana_dashboard"]!.GetValue<string>().Should().Be("1");
        kustomization["configMapGenerator"]![0]!["files"]!.AsArray().Select(static file => file!.GetValue<string>()).Should().BeEquivalentTo(Files.Dashboards.Select(static file => Path.GetFileName(file)));
    }

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Files.InRepository("config", "grafana", name)))!;

    private static int At(JsonNode panel, string side) => panel["gridPos"]![side]!.GetValue<int>();

    private static List<(string Name, string Type)> Variables(JsonNode dashboard) =>
        [.. dashboard["templating"]!["list"]!.AsArray().Select(static v => (v!["name"]!.GetValue<string>(), v["type"]!.GetValue<string>()))];

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        var children = node switch
        {
            JsonObject parent => parent.Select(static field => field.Value),
            JsonArray parent => parent,
            _ => Enumerable.Empty<JsonNode?>(),
        };
        return children.OfType<JsonNode>().SelectMany(static child => Descendants(child).Prepend(child));
    }
}
