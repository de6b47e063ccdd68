using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Twilio;
using DotMac.StandIns.Twilio;
using DotMac.Testing;

namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>Two replicas of the operator at a real API server, a plugin that was used, and a real Prometheus that scrapes them all.</summary>
public sealed class MonitoringFixture : InstalledFixture
{
    private const string Token = "st4nd-in-token";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly PrometheusServer _prometheus = new();
    private TwilioStandIn? _twilio;
    private PluginTestHost? _plugin;

    /// <summary>The replica that leads.</summary>
    public OperatorInstance Leader { get; private set; } = null!;

    /// <summary>The replica that stands by.</summary>
    public OperatorInstance Second { get; private set; } = null!;

    /// <summary>The tenant's namespace.</summary>
    public string Namespace { get; private set; } = "";

    internal PrometheusServer Prometheus => _prometheus;

    /// <summary>What the leader tells.</summary>
    public Task<ExpositionText> OperatorAsync() => ExpositionAsync(Leader.Address);

    /// <summary>What the plugin tells.</summary>
    public Task<ExpositionText> PluginAsync() => ExpositionAsync(_plugin!.Client.BaseAddress!);

    /// <summary>What is told at an address.</summary>
    public async Task<ExpositionText> ExpositionAsync(Uri address) => new(await _http.GetStringAsync(new Uri(address, "/metrics")));

    /// <summary>The bytes of an answer that may be compressed, and how it is.</summary>
    public async Task<(byte[] Body, string? Encoding)> CompressedAsync(Uri address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/metrics"));
        request.Headers.AcceptEncoding.Add(StringWithQualityHeaderValue.Parse(accept));
        using var response = await _http.SendAsync(request);
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    /// <summary>Waits until a query has a result that fits.</summary>
    internal async Task<JsonArray> WaitForAsync(string expression, Func<JsonArray, bool> fits)
    {
        var seen = new JsonArray();
        await Eventually.BeTrueAsync(
            async () => fits(seen = await _prometheus.QueryAsync(expression)), Patience, () => $"{expression} is as wanted; it is {seen.ToJsonString()}");
        return seen;
    }

    protected override async Task StartAsync()
    {
        await Promtool.EnsureInstalledAsync();
        await ControlPlane.ApplyCrdAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "tests", "DotMac.Operator.IntegrationTests", "Fixture", "podmetrics.yaml")));
        Leader = NewOperator("--leader-elect", "--status-metrics-interval", "2s");
        Second = NewOperator("--leader-elect", "--status-metrics-interval", "2s");
        await Leader.StartAsync();
        await Eventually.BeTrueAsync(
            async () => await Leader.MetricAsync("leader_election_master_status") == 1, Patience, () => $"the first replica leads:\n{Leader.Log}");
        await Second.StartAsync();
        await StartPluginAsync();
        await InstallPluginAsync();
        await _prometheus.StartAsync(Config());
    }

    protected override async Task StopAsync()
    {
        await _prometheus.DisposeAsync();
        await Leader.KillAsync();
        await Second.KillAsync();
        if (_plugin is not null)
        {
            await _plugin.DisposeAsync();
        }

        if (_twilio is not null)
        {
            await _twilio.DisposeAsync();
        }

        _http.Dispose();
    }

    private async Task StartPluginAsync()
    {
        _twilio = await TwilioStandIn.StartAsync(TwilioStandIn.DefaultAccountSid, Token);
        _plugin = await PluginTestHost.StartAsync(new TwilioPlugin(), new PluginTestHostOptions
        {
            Config = $$"""
                { "accountSid": "{{TwilioStandIn.DefaultAccountSid}}", "authToken": "${vault:twilio/auth_token}", "phoneNumber": "+15005550006", "baseUrl": "{{_twilio.BaseUrl}}" }
                """,
            VaultSecrets = { ["twilio"] = new() { ["auth_token"] = Token } },
        });
        await _plugin.WaitUntilReadyAsync();
        using var message = new StringContent("""{"to":"+15005550010","body":"Hello"}""", Encoding.UTF8, "application/json");
        using var sent = await _plugin.Client.PostAsync(new Uri("/v1/operations/send_sms", UriKind.Relative), message);
        sent.EnsureSuccessStatusCode();
    }

    // There is no node that would run its pod: its numbers are told in its place. The operator keeps them while it can ask nobody.
    private async Task InstallPluginAsync()
    {
        Namespace = await CreateTenantAsync();
        var plugin = Manifests.Twilio(Namespace);
        var path = Manifests.PathOf(plugin);
        await ControlPlane.SendAsync(HttpMethod.Patch, path + "?fieldManager=tenant&force=true", plugin, "application/apply-patch+yaml");
        var metrics = new JsonObject
        {
            ["apiCalls"] = 1042,
            ["apiErrors"] = 3,
            ["errorRatePercent"] = "0.29",
            ["latencyP50Milliseconds"] = 41,
            ["latencyP95Milliseconds"] = 120,
        };
        await ControlPlane.SendAsync(
            HttpMethod.Patch, path + "/status", new JsonObject { ["status"] = new JsonObject { ["metrics"] = metrics } }, "application/merge-patch+json");
        await RunPodAsync();
        await Eventually.BeTrueAsync(
            async () => await Second.MetricAsync("dotmac_plugin_phase{") == 1 && await Second.MetricAsync("dotmac_plugin_cpu_cores{") == 0.25,
            Patience,
            () => $"the replica that stands by tells of the plugin; its log:\n{Second.Log}");
    }

    // What a kubelet would say of the pod that the controller-manager made, and a metrics server of what it uses.
    private async Task RunPodAsync()
    {
        JsonNode? pod = null;
        await Eventually.BeTrueAsync(
            async () => (pod = (await ControlPlane.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{Namespace}/pods"))["items"]!.AsArray().FirstOrDefault()) is not null,
            Patience,
            () => $"there is a pod; the operator's log:\n{Leader.Log}");
        var name = pod!["metadata"]!["name"]!.GetValue<string>();
        var container = new JsonObject { ["name"] = "plugin", ["ready"] = false, ["restartCount"] = 4, ["image"] = "x", ["imageID"] = "" };
        await ControlPlane.SendAsync(
            HttpMethod.Patch,
            $"api/v1/namespaces/{Namespace}/pods/{name}/status",
            new JsonObject { ["status"] = new JsonObject { ["phase"] = "Running", ["containerStatuses"] = new JsonArray(container) } },
            "application/merge-patch+json");
        await ControlPlane.SendAsync(HttpMethod.Post, $"apis/metrics.k8s.io/v1beta1/namespaces/{Namespace}/pods", new JsonObject
        {
            ["apiVersion"] = "metrics.k8s.io/v1beta1",
            ["kind"] = "PodMetrics",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = pod["metadata"]!["labels"]!.DeepClone() },
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "plugin", ["usage"] = new JsonObject { ["cpu"] = "250m", ["memory"] = "100Mi" } }),
        });
    }

    private JsonObject Config() => new()
    {
        ["global"] = new JsonObject { ["evaluation_interval"] = "1s" },
        ["rule_files"] = new JsonArray(Files.PlainRules),
        ["scrape_configs"] = new JsonArray(
            ScrapeConfig.Of(
                "serviceMonitor/dotmac-system/dotmac-operator/0",
                Files.Prometheus("servicemonitor.yaml")["spec"]!["endpoints"]![0]!,
                (Leader.Address, new() { ["namespace"] = "dotmac-system", ["pod"] = "dotmac-operator-1", ["service"] = "dotmac-operator-metrics" }),
                (Second.Address, new() { ["namespace"] = "dotmac-system", ["pod"] = "dotmac-operator-2", ["service"] = "dotmac-operator-metrics" })),
            ScrapeConfig.Of(
                "podMonitor/dotmac-system/dotmac-plugins/0",
                Files.Prometheus("podmonitor.yaml")["spec"]!["podMetricsEndpoints"]![0]!,
                (_plugin!.Client.BaseAddress!, new()
                {
                    ["__meta_kubernetes_namespace"] = Namespace,
                    ["__meta_kubernetes_pod_name"] = "twilio-5d4c",
                    ["__meta_kubernetes_pod_label_app_kubernetes_io_instance"] = "twilio",
                    ["__meta_kubernetes_pod_label_plugins_dotmac_io_plugin"] = "sms",
                    ["__meta_kubernetes_pod_label_plugins_dotmac_io_tenant"] = "globex",
                }))),
    };
}
