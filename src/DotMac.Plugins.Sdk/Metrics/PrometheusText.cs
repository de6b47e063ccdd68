using System.Globalization;
using System.Text;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Plugins.Sdk.Metrics;

/// <summary>Writes the Prometheus text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).</summary>
internal static class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The whole page.</summary>
    public static string Write(PluginStatusReport status, string? tenant, bool ready, CallMetrics metrics, ProcessSample process)
    {
        var page = new StringBuilder();
        Family(page, "dotmac_plugin_info", "gauge", "What runs here.");
        Sample(page, "dotmac_plugin_info", [("plugin", status.Plugin), ("version", status.Version), ("tenant", tenant)], 1);
        Family(page, "dotmac_plugin_ready", "gauge", "1 while the plugin takes calls.");
        Sample(page, "dotmac_plugin_ready", [], ready ? 1 : 0);
        Family(page, "dotmac_plugin_check_healthy", "gauge", "1 while a check's last result is Healthy.");
        foreach (PluginCheck check in status.Checks)
        {
            Sample(page, "dotmac_plugin_check_healthy", [("check", check.Name)], check.State == HealthState.Healthy ? 1 : 0);
        }

        var operations = metrics.ByOperation
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value.Errors, pair.Value.InFlight, pair.Value.Latency))
            .ToArray();
        Family(page, "dotmac_plugin_api_calls_total", "counter", "Operations that ended.");
        foreach (var operation in operations)
        {
            Sample(page, "dotmac_plugin_api_calls_total", [("operation", operation.Key)], operation.Latency.Total());
        }

        Family(page, "dotmac_plugin_api_errors_total", "counter", "Operations that failed on the plugin's or the vendor's side.");
        foreach (var operation in operations)
        {
            Sample(page, "dotmac_plugin_api_errors_total", [("operation", operation.Key)], operation.Errors);
        }

        Family(page, "dotmac_plugin_api_in_flight", "gauge", "Operations that run now.");
        foreach (var operation in operations)
        {
            Sample(page, "dotmac_plugin_api_in_flight", [("operation", operation.Key)], operation.InFlight);
        }

        Family(page, "dotmac_plugin_api_duration_seconds", "histogram", "How long operations took.");
        foreach (var operation in operations)
        {
            Histogram(page, "dotmac_plugin_api_duration_seconds", operation.Key, operation.Latency);
        }

        Family(page, "process_start_time_seconds", "gauge", "When the process started, seconds since 1970.");
        Sample(page, "process_start_time_seconds", [], (status.StartedAt ?? DateTimeOffset.UnixEpoch).ToUnixTimeMilliseconds() / 1000d);
        Family(page, "process_cpu_seconds_total", "counter", "CPU time, user and system.");
        Sample(page, "process_cpu_seconds_total", [], process.CpuSeconds);
        Family(page, "process_resident_memory_bytes", "gauge", "Resident memory.");
        Sample(page, "process_resident_memory_bytes", [], process.ResidentBytes);
        return page.ToString();
    }

    private static void Histogram(StringBuilder page, string name, string operation, LatencyHistogram latency)
    {
        long cumulative = 0;
        for (int bucket = 0; bucket < latency.Counts.Count; bucket++)
        {
            cumulative += latency.Counts[bucket];
            string bound = bucket < latency.BoundsMilliseconds.Count ? Number(latency.BoundsMilliseconds[bucket] / 1000d) : "+Inf";
            Sample(page, name + "_bucket", [("operation", operation), ("le", bound)], cumulative);
        }

        Sample(page, name + "_sum", [("operation", operation)], latency.SumMilliseconds / 1000);
        Sample(page, name + "_count", [("operation", operation)], cumulative);
    }

    private static void Family(StringBuilder page, string name, string type, string help) =>
        page.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Sample(StringBuilder page, string name, IReadOnlyList<(string Name, string? Value)> labels, double value)
    {
        page.Append(name);
        if (labels.Count > 0)
        {
            page.Append('{').AppendJoin(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value ?? "")}\"")).Append('}');
        }

        page.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
