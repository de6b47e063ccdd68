using DotMac.Plugins.Resources;

namespace DotMac.Operator.Diagnostics;

/// <summary>A family of the exposition with samples of every plugin.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">What it tells.</param>
/// <param name="Samples">What one plugin contributes: a value, and labels besides those that all families have.</param>
internal sealed record PluginFamily(string Name, MetricType Type, string Help, Func<TenantPlugin, IEnumerable<(string Labels, double Value)>> Samples)
{
    /// <summary>A family with at most one sample of a plugin, which has no labels of its own.</summary>
    public static PluginFamily Of(string name, MetricType type, string help, Func<TenantPlugin, double?> value) =>
        new(name, type, help, plugin => value(plugin) is { } known ? [(string.Empty, known)] : []);
}
