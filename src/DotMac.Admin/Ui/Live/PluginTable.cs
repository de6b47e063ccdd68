using DotMac.Admin.Views;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Ui.Live;

/// <summary>The list of installed plugins: what fits a query, with what is wrong first. Pure.</summary>
internal static class PluginTable
{
    /// <summary>The rows.</summary>
    /// <param name="plugins">All that may be seen.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="tenantOf">The tenant of a namespace.</param>
    /// <param name="nameOf">The name for people of an entry of the catalog.</param>
    public static IReadOnlyList<TenantPlugin> Rows(IEnumerable<TenantPlugin> plugins, TableQuery query, Func<string, string?> tenantOf, Func<string, string> nameOf)
    {
        var rows = new List<(string Tenant, TenantPlugin Plugin)>();
        foreach (var plugin in plugins)
        {
            if (tenantOf(plugin.Metadata.Namespace ?? string.Empty) is { } tenant && Fits(plugin, tenant, query, nameOf))
            {
                rows.Add((tenant, plugin));
            }
        }

        rows.Sort(static (a, b) =>
        {
            var order = Urgency(a.Plugin).CompareTo(Urgency(b.Plugin));
            order = order != 0 ? order : string.CompareOrdinal(a.Tenant, b.Tenant);
            order = order != 0 ? order : string.CompareOrdinal(a.Plugin.Metadata.Name, b.Plugin.Metadata.Name);
            return order != 0 ? order : string.CompareOrdinal(a.Plugin.Metadata.Namespace, b.Plugin.Metadata.Namespace);
        });
        return [.. rows.Select(static row => row.Plugin)];
    }

    // What somebody has to look after comes before what runs, and that before what is stopped.
    private static int Urgency(TenantPlugin plugin) => PluginViews.StateOf(plugin) switch
    {
        InstallationState.Failed => 0,
        InstallationState.Degraded => 1,
        InstallationState.Pending => 2,
        InstallationState.Inactive => 4,
        _ => 3,
    };

    private static bool Fits(TenantPlugin plugin, string tenant, TableQuery query, Func<string, string> nameOf)
    {
        if ((query.Tenant is not null && query.Tenant != tenant)
            || (query.State is { } state && PluginViews.StateOf(plugin) != state)
            || (query.Health is not null && PluginViews.Line(plugin, tenant).Health != query.Health))
        {
            return false;
        }

        return string.IsNullOrWhiteSpace(query.Search)
            || Holds(plugin.Metadata.Name, query.Search)
            || Holds(tenant, query.Search)
            || Holds(nameOf(plugin.Spec?.Plugin ?? string.Empty), query.Search);
    }

    private static bool Holds(string? text, string search) => text?.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) == true;
}
