using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Diagnostics;

/// <summary>
/// What the statuses of all plugins say, straight from the cache at each scrape: nothing is added up here, and what is deleted is gone.
/// Replicas that stand by have the same cache and say the same.
/// </summary>
/// <param name="plugins">The cache.</param>
/// <param name="synced">Whether it is filled: a half of the plugins would look like a loss of the other.</param>
/// <param name="each">Whether to tell of every plugin, or only of all together.</param>
/// <param name="limit">How many plugins to tell of.</param>
internal sealed class PluginGauges(IObjectStore<TenantPlugin> plugins, Func<bool> synced, bool each, int limit) : IMetricSource
{
    private const string Unknown = "Unknown";

    private static readonly IReadOnlyList<string> Phases = [.. EnumText.All<PluginPhase>(), Unknown];

    /// <inheritdoc />
    public async ValueTask WriteAsync(ExpositionWriter writer, CancellationToken cancellationToken)
    {
        if (!synced())
        {
            return;
        }

        var all = plugins.List();
        if (each)
        {
            await WriteEachAsync(writer, all, cancellationToken);
        }

        WriteSums(writer, all);
        const string LeftOut = "dotmac_plugin_metrics_left_out";
        writer.Family(LeftOut, MetricType.Gauge, "Plugins whose own metrics are left out, for there are more of them than --plugin-metrics-limit.");
        writer.Sample(LeftOut, string.Empty, each ? Math.Max(0, all.Count - limit) : 0);
    }

    private static string Labels(TenantPlugin plugin) => string.Join(
        ',',
        ExpositionWriter.Label("namespace", plugin.Metadata.Namespace),
        ExpositionWriter.Label("name", plugin.Metadata.Name),
        ExpositionWriter.Label("tenant", plugin.Status?.Tenant),
        ExpositionWriter.Label("plugin", plugin.Spec.Plugin));

    private static void WriteSums(ExpositionWriter writer, IReadOnlyList<TenantPlugin> all)
    {
        const string ByPhase = "dotmac_plugins";
        const string Tenants = "dotmac_tenants";
        var counts = all.CountBy(static plugin => plugin.Status?.Phase is { } phase ? EnumText.Of(phase) : Unknown).ToDictionary();
        writer.Family(ByPhase, MetricType.Gauge, "Plugins, by phase; Unknown are those that nobody has looked at yet.");
        foreach (var phase in Phases)
        {
            writer.Sample(ByPhase, ExpositionWriter.Label("phase", phase), counts.GetValueOrDefault(phase));
        }

        writer.Family(Tenants, MetricType.Gauge, "Tenants that have plugins.");
        writer.Sample(Tenants, string.Empty, all.Select(static plugin => plugin.Status?.Tenant).OfType<string>().Distinct(StringComparer.Ordinal).Count());
    }

    private async ValueTask WriteEachAsync(ExpositionWriter writer, IReadOnlyList<TenantPlugin> all, CancellationToken cancellationToken)
    {
        // By name, so that it is always the same ones that are left out.
        var told = all
            .OrderBy(static plugin => plugin.Metadata.Namespace, StringComparer.Ordinal)
            .ThenBy(static plugin => plugin.Metadata.Name, StringComparer.Ordinal)
            .Take(limit)
            .Select(static plugin => (Plugin: plugin, Labels: Labels(plugin)))
            .ToList();
        var samples = new PluginSamples(writer);
        foreach (var family in PluginFamilies.All)
        {
            writer.Family(family.Name, family.Type, family.Help);
            foreach (var (plugin, labels) in told)
            {
                samples.Of(family.Name, labels);
                family.Tell(plugin, samples);
                await writer.DrainAsync(cancellationToken);
            }
        }
    }
}
