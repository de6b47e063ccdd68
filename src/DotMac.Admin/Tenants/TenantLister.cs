using DotMac.Admin.Views;
using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Admin.Tenants;

/// <summary>Makes a page of tenants.</summary>
internal static class TenantLister
{
    /// <summary>Makes it.</summary>
    /// <param name="caches">What there is.</param>
    /// <param name="visible">The namespaces that may be seen; null for all of them.</param>
    /// <param name="search">Only tenants whose id or namespace holds this; null for all.</param>
    /// <param name="cursor">The namespace that the page before ended with, as it said; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    public static TenantPage Page(AdminCaches caches, IReadOnlySet<string>? visible, string? search, string? cursor, int limit)
    {
        var after = cursor?.Split('/', 2) is [{ } afterTenant, { } afterNamespace] ? (afterTenant, afterNamespace) : default;
        var found = caches.Namespaces.Store.List()
            .Select(ns => (Tenant: TenantNamespace.TenantOf(ns)!, Name: ns.Metadata.Name!, Namespace: ns))
            .Where(t => t.Tenant is not null && visible?.Contains(t.Name) != false)
            .Where(t => search is null || t.Tenant.Contains(search, StringComparison.OrdinalIgnoreCase) || t.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
            .Where(t => after == default || string.CompareOrdinal(t.Tenant, after.afterTenant) is var order && (order > 0 || (order == 0 && string.CompareOrdinal(t.Name, after.afterNamespace) > 0)))
            .OrderBy(static t => t.Tenant, StringComparer.Ordinal)
            .ThenBy(static t => t.Name, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var page = found.Take(limit).ToList();
        return new TenantPage(
            [
                .. page.Select(t =>
                {
                    var plugins = caches.PluginsOf(t.Name);
                    var limits = TenantLimits.Keys.Where(key => t.Namespace.Metadata.Annotations?.ContainsKey(key) == true).ToDictionary(static key => key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..], key => t.Namespace.Metadata.Annotations![key]);
                    return new TenantSummary
                    {
                        TenantId = t.Tenant,
                        Namespace = t.Name,
                        Installed = plugins.Count,
                        States = plugins.GroupBy(static plugin => PluginViews.StateOf(plugin).ToString().ToLowerInvariant()).ToDictionary(static g => g.Key, static g => g.Count()),
                        Limits = limits.Count == 0 ? null : limits,
                    };
                }),
            ],
            found.Count > limit ? $"{page[^1].Tenant}/{page[^1].Name}" : null);
    }
}
