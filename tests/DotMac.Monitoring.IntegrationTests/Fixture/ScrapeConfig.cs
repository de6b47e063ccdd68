using System.Text.Json.Nodes;

namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>What the Prometheus operator makes of a monitor, with targets that are told instead of discovered.</summary>
internal static class ScrapeConfig
{
    /// <summary>A job.</summary>
    /// <param name="name">Its name before relabelling.</param>
    /// <param name="endpoint">The monitor's endpoint.</param>
    /// <param name="targets">Addresses, with the labels of discovery.</param>
    public static JsonObject Of(string name, JsonNode endpoint, params (Uri Address, Dictionary<string, string> Labels)[] targets) => new()
    {
        ["job_name"] = name,
        ["honor_labels"] = endpoint["honorLabels"]!.GetValue<bool>(),
        ["metrics_path"] = endpoint["path"]!.GetValue<string>(),

        // As often as a test is willing to wait.
        ["scrape_interval"] = "1s",
        ["scrape_timeout"] = "1s",
        ["static_configs"] = new JsonArray([.. targets.Select(static target => new JsonObject
        {
            ["targets"] = new JsonArray(target.Address.Authority),
            ["labels"] = new JsonObject(target.Labels.Select(static label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        })]),
        ["relabel_configs"] = Relabellings(endpoint["relabelings"]),
        ["metric_relabel_configs"] = Relabellings(endpoint["metricRelabelings"]),
    };

    private static JsonArray Relabellings(JsonNode? relabelings) => new([.. (relabelings?.AsArray() ?? []).Select(static relabeling => Snake(relabeling!.AsObject()))]);

    private static JsonObject Snake(JsonObject relabeling) => new(relabeling.Select(static field => KeyValuePair.Create(
        field.Key switch { "sourceLabels" => "source_labels", "targetLabel" => "target_label", "regex" or "replacement" or "action" or "separator" => field.Key, var other => throw new NotSupportedException(other) },
        field.Value?.DeepClone())));
}
