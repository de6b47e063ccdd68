using DotMac.Plugins.Resources;

namespace DotMac.Operator.Diagnostics;

/// <summary>A family of the exposition with samples of every plugin.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">What it tells.</param>
/// <param name="Tell">Adds what one plugin contributes: nothing, if nothing is known.</param>
internal sealed record PluginFamily(string Name, MetricType Type, string Help, Action<TenantPlugin, PluginSamples> Tell);
