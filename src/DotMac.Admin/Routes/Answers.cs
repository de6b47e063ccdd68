using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Routes;

/// <summary>Makes answers of resources.</summary>
internal sealed class Answers(AdminCaches caches, TimeProvider clock)
{
    /// <summary>A plugin with its configuration.</summary>
    public InstallationDetails Details(TenantPlugin plugin, string tenant) => PluginViews.Details(plugin, tenant, caches.Definition(plugin.Spec?.Plugin), clock.GetUtcNow());

    /// <summary>How a plugin is.</summary>
    public InstallationStatus Status(TenantPlugin plugin, string tenant) => PluginViews.Status(plugin, tenant, clock.GetUtcNow());

    /// <summary>How much a plugin is used.</summary>
    public MetricsView Metrics(TenantPlugin plugin) => PluginViews.Metrics(plugin, clock.GetUtcNow()) ?? new MetricsView();

    /// <summary>The answer to a change.</summary>
    /// <param name="http">The request.</param>
    /// <param name="result">What was done.</param>
    /// <param name="plugin">The plugin as it is stored, or would be.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="warnings">What should be known all the same.</param>
    /// <param name="dryRun">Whether nothing was stored.</param>
    public ChangeAnswer Changed(HttpContext http, string result, TenantPlugin plugin, string tenant, IReadOnlyList<string>? warnings = null, bool dryRun = false)
    {
        if (!dryRun)
        {
            http.Response.Headers.ETag = EntityTags.Of(plugin.Metadata.ResourceVersion);
        }

        return new ChangeAnswer { Result = result, DryRun = dryRun, Plugin = Details(plugin, tenant), Warnings = warnings ?? [] };
    }

    /// <summary>A state of a plugin, unless the caller has it already.</summary>
    public static IResult Tagged<T>(HttpContext http, TenantPlugin plugin, T view)
    {
        http.Response.Headers.ETag = EntityTags.Of(plugin.Metadata.ResourceVersion);
        return EntityTags.IsKnown(http.Request, plugin.Metadata.ResourceVersion) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(view);
    }
}
