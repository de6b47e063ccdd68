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
    public static string Write(PluginStatusReport status, string? tenant, bool ready, PluginMeters metrics, ProcessSample process)
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

        Calls(page, "dotmac_plugin_api", "operation", "Operations", metrics.Operations);
        Calls(page, "dotmac_plugin_webhook", "webhook", "Callbacks", metrics.Webhooks);
        Calls(page, "dotmac_plugin_upstream", "upstream", "Requests to vendors", metrics.Upstreams);
        if (metrics.Available.Count > 0)
        {
            Family(page, "dotmac_plugin_upstream_available", "gauge", "0 while a vendor does not answer or is left alone.");
            foreach ((string name, bool available) in metrics.Available.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                Sample(page, "dotmac_plugin_upstream_available", [("upstream", name)], available ? 1 : 0);
            }
        }

        Family(page, "process_start_time_seconds", "gauge", "When the process started, seconds since 1970.");
        Sample(page, "process_start_time_seconds", [], (status.StartedAt ?? DateTimeOffset.UnixEpoch).ToUnixTimeMilliseconds() / 1000d);
        Family(page, "process_cpu_seconds_total", "counter", "CPU time, user and system.");
        Sample(page, "process_cpu_seconds_total", [], process.CpuSeconds);
        Family(page, "process_resident_memory_bytes", "gauge", "Resident memory.");
        Sample(page, "process_resident_memory_bytes", [], process.ResidentBytes);
        return page.ToString();
    }

    private static void Calls(StringBuilder page, string prefix, string label, string what, IReadOnlyDictionary<string, CallCounter> counters)
    {
        if (counters.Count == 0)
        {
            return;
        }

        var samples = counters
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => (Name: pair.Key, pair.Value.Errors, pair.Value.InFlight, pair.Value.Latency))
            .ToArray();
        Family(page, prefix + "_calls_total", "counter", $"{what} that ended.");
        foreach (var sample in samples)
        {
            Sample(page, prefix + "_calls_total", [(label, sample.Name)], sample.Latency.Total());
        }

        Family(page, prefix + "_errors_total", "counter", $"{what} that failed on the plugin's or the vendor's side.");
        foreach (var sample in samples)
        {
            Sample(page, prefix + "_errors_total", [(label, sample.Name)], sample.Errors);
        }

        Family(page, prefix + "_in_flight", "gauge", $"{what} that run now.");
        foreach (var sample in samples)
        {
            Sample(page, prefix + "_in_flight", [(label, sample.Name)], sample.InFlight);
        }

        Family(page, prefix + "_duration_seconds", "histogram", $"{what}: how long they took.");
        foreach (var sample in samples)
        {
            Histogram(page, prefix + "_duration_seconds", label, sample.Name, sample.Latency);
        }
    }

    private static void Histogram(StringBuilder page, string name, string label, string operation, LatencyHistogram latency)
    {
        long cumulative = 0;
        for (int bucket = 0; bucket < latency.Counts.Count; bucket++)
        {
            cumulative += latency.Counts[bucket];
            string bound = bucket < latency.BoundsMilliseconds.Count ? Number(latency.BoundsMilliseconds[bucket] / 1000d) : "+Inf";
            Sample(page, name + "_bucket", [(label, operation), ("le", bound)], cumulative);
        }

        Sample(page, name + "_sum", [(label, operation)], latency.SumMilliseconds / 1000);
        Sample(page, name + "_count", [(label, operation)], cumulative);
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
