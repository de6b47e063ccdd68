using System.Globalization;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Diagnostics;

/// <summary>What is told of every plugin: all of it stands in its spec and its status.</summary>
internal static class PluginFamilies
{
    private const string Wanted = "True";
    private const string Unwanted = "False";
    private const string NotKnown = "Unknown";

    /// <summary>The families in order of their names.</summary>
    public static IReadOnlyList<PluginFamily> All { get; } =
    [
        new(
            "dotmac_plugin_api_calls_total",
            MetricType.Counter,
            "Calls since the plugin was installed.",
            static (plugin, samples) => samples.Add(plugin.Status?.Metrics?.ApiCalls)),
        new(
            "dotmac_plugin_api_errors_total",
            MetricType.Counter,
            "Failed calls since the plugin was installed.",
            static (plugin, samples) => samples.Add(plugin.Status?.Metrics?.ApiErrors)),
        new("dotmac_plugin_condition", MetricType.Gauge, "1 for every condition that is not as one would wish, with its status.", TellConditions),
        new(
            "dotmac_plugin_cpu_cores",
            MetricType.Gauge,
            "Processor cores that the plugin's pods use; absent where metrics.k8s.io is not served.",
            static (plugin, samples) => samples.Add((double?)plugin.Status?.Metrics?.Cpu?.Value)),
        new(
            "dotmac_plugin_error_ratio",
            MetricType.Gauge,
            "Failed calls of all of the last five minutes, from 0 to 1.",
            static (plugin, samples) => samples.Add(Ratio(plugin.Status?.Metrics?.ErrorRatePercent))),
        new(
            "dotmac_plugin_health",
            MetricType.Gauge,
            "1 for the state that the plugin says it is in.",
            static (plugin, samples) => TellName(samples, "state", plugin.Status?.Health?.State)),
        new(
            "dotmac_plugin_info",
            MetricType.Gauge,
            "1, with the version that runs.",
            static (plugin, samples) => samples.Add(ExpositionWriter.Label("version", plugin.Status?.Version), 1)),

        // A summary, for "quantile" is a summary's label; its sum and count are not known.
        new("dotmac_plugin_latency_seconds", MetricType.Summary, "Seconds that calls took at most: half of them, and 95 of 100.", TellLatency),
        new(
            "dotmac_plugin_memory_bytes",
            MetricType.Gauge,
            "Memory that the plugin's pods use; absent where metrics.k8s.io is not served.",
            static (plugin, samples) => samples.Add((double?)plugin.Status?.Metrics?.Memory?.Value)),
        new(
            "dotmac_plugin_phase",
            MetricType.Gauge,
            "1 for the phase that the plugin is in.",
            static (plugin, samples) => TellName(samples, "phase", plugin.Status?.Phase)),
        new("dotmac_plugin_ready_replicas", MetricType.Gauge, "Pods that are ready.", static (plugin, samples) => samples.Add(plugin.Status?.ReadyReplicas)),
        new("dotmac_plugin_replicas", MetricType.Gauge, "Pods that are wanted.", static (plugin, samples) => samples.Add(plugin.Status?.Replicas)),
        new(
            "dotmac_plugin_restarts_total",
            MetricType.Counter,
            "How often containers of the present pods were restarted.",
            static (plugin, samples) => samples.Add(plugin.Status?.Metrics?.Restarts)),
    ];

    private static void TellName<TEnum>(PluginSamples samples, string label, TEnum? value)
        where TEnum : struct, Enum
    {
        if (value is { } known)
        {
            samples.Add(Names<TEnum>.Label(label, known), 1);
        }
    }

    private static double? Ratio(string? percent) =>
        double.TryParse(percent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number / 100 : null;

    private static void TellLatency(TenantPlugin plugin, PluginSamples samples)
    {
        if (plugin.Status?.Metrics?.LatencyP50Milliseconds is { } half)
        {
            samples.Add("quantile=\"0.5\"", half / 1000d);
        }

        if (plugin.Status?.Metrics?.LatencyP95Milliseconds is { } most)
        {
            samples.Add("quantile=\"0.95\"", most / 1000d);
        }
    }

    private static void TellConditions(TenantPlugin plugin, PluginSamples samples)
    {
        foreach (var condition in plugin.Status?.Conditions ?? [])
        {
            if (!IsAsWished(plugin, condition))
            {
                samples.Add($"{ExpositionWriter.Label("condition", condition.Type)},{ExpositionWriter.Label("status", condition.Status)}", 1);
            }
        }
    }

    // These two are there only while something is going on; all others are true when all is well. Of what was switched off, nothing more is known
    // than that, and that is what was wished.
    private static bool IsAsWished(TenantPlugin plugin, V1Condition condition) => condition.Type is ConditionTypes.Reconciling or ConditionTypes.Stalled
        ? condition.Status == Unwanted
        : condition.Status == Wanted || (condition.Status == NotKnown && plugin.Spec.Enabled == false);

    // The few values there are, made into labels once and not ten thousand times a scrape.
    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        private static readonly Dictionary<TEnum, string> Texts = Enum.GetValues<TEnum>().ToDictionary(static value => value, static value => EnumText.Of(value));

        public static string Label(string label, TEnum value) => ExpositionWriter.Label(label, Texts.GetValueOrDefault(value, NotKnown));
    }
}
