using System.Text.Json.Nodes;
using DotMac.Monitoring.IntegrationTests.Fixture;
using DotMac.Testing.Cluster;

namespace DotMac.Monitoring.IntegrationTests;

/// <summary>The monitors, held to the fields of the Prometheus operator's API (its documentation, "monitoring.coreos.com/v1") that are used.</summary>
[Collection(MonitoringCollection.Name)]
public sealed class MonitorTests(MonitoringFixture fixture)
{
    private static readonly string[] EndpointFields =
        ["port", "path", "interval", "scrapeTimeout", "honorLabels", "honorTimestamps", "relabelings", "metricRelabelings"];

    private static readonly string[] RelabelingFields = ["sourceLabels", "separator", "targetLabel", "regex", "replacement", "action"];

    [Theory]
    [InlineData("servicemonitor.yaml", "ServiceMonitor", "endpoints")]
    [InlineData("podmonitor.yaml", "PodMonitor", "podMetricsEndpoints")]
    public void A_monitor_has_only_fields_that_its_definition_knows(string file, string kind, string endpoints)
    {
        var monitor = Files.Prometheus(file);
        monitor["apiVersion"]!.GetValue<string>().Should().Be("monitoring.coreos.com/v1");
        monitor["kind"]!.GetValue<string>().Should().Be(kind);
        var spec = monitor["spec"]!.AsObject();
        Keys(spec).Should().BeSubsetOf(["namespaceSelector", "selector", "sampleLimit", endpoints]);
        Keys(spec["selector"]!).Should().Equal("matchLabels");
        Keys(spec["namespaceSelector"]!).Should().ContainSingle().Which.Should().BeOneOf("any", "matchNames");
        foreach (var endpoint in spec[endpoints]!.AsArray())
        {
            Keys(endpoint!).Should().BeSubsetOf(EndpointFields);
            Seconds(endpoint!["scrapeTimeout"]!).Should().BeLessThan(Seconds(endpoint["interval"]!));
            foreach (var relabeling in endpoint["relabelings"]!.AsArray().Concat(endpoint["metricRelabelings"]?.AsArray() ?? []))
            {
                Keys(relabeling!).Should().BeSubsetOf(RelabelingFields);
            }
        }
    }

    [Fact]
    public void The_service_selects_the_operators_pods_and_the_monitor_selects_the_service()
    {
        var service = Files.Prometheus("service.yaml");
        var monitor = Files.Prometheus("servicemonitor.yaml");
        var deployment = YamlText.ToJson(File.ReadAllText(Files.InRepository("config", "operator", "deployment.yaml"))).Single(static d => d["kind"]!.GetValue<string>() == "Deployment");
        var pod = deployment["spec"]!["template"]!;
        Pairs(service["spec"]!["selector"]!).Should().BeSubsetOf(Pairs(pod["metadata"]!["labels"]!));
        Pairs(monitor["spec"]!["selector"]!["matchLabels"]!).Should().BeSubsetOf(Pairs(service["metadata"]!["labels"]!));
        Text(service["metadata"]!["namespace"]).Should().Be(Text(deployment["metadata"]!["namespace"]));
        monitor["spec"]!["namespaceSelector"]!["matchNames"]!.AsArray().Select(Text).Should().Equal(Text(service["metadata"]!["namespace"]));

        var port = service["spec"]!["ports"]!.AsArray().Single()!;
        Text(monitor["spec"]!["endpoints"]![0]!["port"]).Should().Be(Text(port["name"]));
        pod["spec"]!["containers"]![0]!["ports"]!.AsArray().Select(static p => Text(p!["name"])).Should().Contain(Text(port["targetPort"]));
    }

    [Fact]
    public async Task The_pod_monitor_selects_what_the_operator_makes_and_finds_its_labels_and_its_port()
    {
        var path = $"apis/apps/v1/namespaces/{fixture.Namespace}/deployments/twilio";
        var pod = (await fixture.ControlPlane.SendAsync(HttpMethod.Get, path))["spec"]!["template"]!;
        var monitor = Files.Prometheus("podmonitor.yaml")["spec"]!;
        Pairs(monitor["selector"]!["matchLabels"]!).Should().BeSubsetOf(Pairs(pod["metadata"]!["labels"]!));
        var endpoint = monitor["podMetricsEndpoints"]![0]!;
        pod["spec"]!["containers"]!.AsArray().SelectMany(static c => c!["ports"]!.AsArray()).Select(static p => Text(p!["name"])).Should().Contain(Text(endpoint["port"]));

        // Discovery makes a label of each of the pod's: what is no letter or digit becomes an underscore.
        var discovered = Keys(pod["metadata"]!["labels"]!).Select(static label => "__meta_kubernetes_pod_label_" + string.Concat(label.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_')));
        endpoint["relabelings"]!.AsArray().SelectMany(static r => r!["sourceLabels"]?.AsArray() ?? []).Select(Text)
            .Should().BeSubsetOf([.. discovered, "__meta_kubernetes_namespace", "__meta_kubernetes_pod_name"]);
    }

    [Fact]
    public async Task Kustomize_would_find_every_file()
    {
        foreach (var folder in new[] { "prometheus", "grafana" })
        {
            var kustomization = YamlText.ToJson(await File.ReadAllTextAsync(Files.InRepository("config", folder, "kustomization.yaml"))).Single();
            var named = (kustomization["resources"]?.AsArray() ?? []).Concat(kustomization["configMapGenerator"]?[0]?["files"]?.AsArray() ?? []).Select(Text).ToList();
            named.Should().NotBeEmpty().And.OnlyContain(name => File.Exists(Files.InRepository("config", folder, name!)));
        }
    }

    [Fact]
    public async Task The_api_server_takes_the_service()
    {
        var service = Files.Prometheus("service.yaml");
        var made = await fixture.ControlPlane.SendAsync(
            HttpMethod.Patch,
            $"api/v1/namespaces/dotmac-system/services/{Text(service["metadata"]!["name"])}?fieldManager=test&force=true",
            service,
            "application/apply-patch+yaml");
        Text(made["spec"]!["clusterIP"]).Should().Be("None");
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(static field => field.Key);

    private static IEnumerable<(string Key, string? Value)> Pairs(JsonNode node) => node.AsObject().Select(static field => (field.Key, Text(field.Value)));

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static int Seconds(JsonNode node) => int.Parse(Text(node)!.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture);
}
