using DotMac.Plugins.Resources.Defaults;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Plugins.Resources.Tenants;

/// <summary>What one plugin takes of what its tenant may have.</summary>
/// <param name="Plugins">1, also while it is switched off.</param>
/// <param name="Cpu">What its pods may use of CPU, in cores; 0 while it is switched off.</param>
/// <param name="Memory">What they may use of memory, in bytes.</param>
public sealed record TenantUse(decimal Plugins, decimal Cpu, decimal Memory)
{
    // Far above any cluster, and far below where sums of it overflow.
    private const decimal Most = 1e20m;

    /// <summary>Nothing.</summary>
    public static TenantUse None { get; } = new(0, 0, 0);

    /// <summary>What a plugin takes.</summary>
    /// <param name="plugin">It.</param>
    /// <param name="definition">The definition that it names; null when there is none, then the limits of the spec and the defaults count.</param>
    public static TenantUse Of(TenantPlugin plugin, PluginDefinition? definition)
    {
        var version = definition is null ? null : VersionResolver.Resolve(plugin.Spec.Version, definition).Version;
        var effective = TenantPluginDefaults.Resolve(plugin.Spec, version, plugin.Metadata.Namespace ?? string.Empty);
        var pods = effective is { IsAutoscaled: true, Autoscaling: { } scaling } ? scaling.MaxReplicas : effective.WantedReplicas;
        decimal Sum(string resource) => effective.Resources.Limits?.TryGetValue(resource, out var limit) == true ? Math.Clamp(limit.Value, 0, Most) * pods : 0;
        return new TenantUse(1, Sum("cpu"), Sum("memory"));
    }

    /// <summary>Both.</summary>
    public static TenantUse operator +(TenantUse left, TenantUse right) => new(left.Plugins + right.Plugins, left.Cpu + right.Cpu, left.Memory + right.Memory);
}
