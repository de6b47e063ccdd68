using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Plugins.Resources.Admission;

/// <summary>What else there is in a tenant's namespace when one of its plugins is judged.</summary>
/// <param name="Installed">Every TenantPlugin of the namespace.</param>
/// <param name="Limits">What the tenant may have.</param>
/// <param name="UseOf">What a plugin takes of it.</param>
public sealed record TenantView(IReadOnlyList<TenantPlugin> Installed, TenantLimits Limits, Func<TenantPlugin, TenantUse> UseOf)
{
    /// <summary>Nothing else, and no limits.</summary>
    public static TenantView Empty { get; } = new([], TenantLimits.None, static plugin => TenantUse.Of(plugin, null));
}
