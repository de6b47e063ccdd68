using DotMac.Admin.Access;
using DotMac.Admin.Changes;
using DotMac.Admin.Hosting;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;

namespace DotMac.Admin.Routes;

/// <summary>The catalog, the tenants and the change stream: what the caller may see of them.</summary>
internal static class OtherReads
{
    private const int MostTenants = 500;

    [Checked]
    public static async Task<CatalogEntry> CatalogAsync(HttpContext http, string id, AdminCaches caches, AccessGuard guard)
    {
        var caller = CallerGate.CallerOf(http);
        if (await guard.VisibleAsync(caller, http.RequestAborted) is { Count: 0 })
        {
            throw Refuse.Forbidden($"{caller.Name} may see no tenant's plugins, and so not the catalog. Ask for the role view, edit or admin in a tenant's namespace");
        }

        return caches.Definition(id) is { } definition
            ? PluginViews.Catalog(definition)
            : throw Refuse.NotFound("the catalog has no such entry; GET /api/admin/plugins lists it");
    }

    [Checked]
    public static async Task<TenantPage> TenantsAsync(HttpContext http, AdminCaches caches, AccessGuard guard)
    {
        var parameters = new Parameters(http.Request.Query);
        var (limit, search, cursor) = (parameters.Number("limit", 1, MostTenants) ?? 100, parameters.Text("search"), parameters.Text("cursor"));
        parameters.Check();
        var visible = await guard.VisibleAsync(CallerGate.CallerOf(http), http.RequestAborted);
        return TenantLister.Page(caches, visible, search, cursor, limit);
    }

    [Checked]
    public static async Task<IResult> ChangesAsync(HttpContext http, AdminCaches caches, AccessGuard guard, ChangeStream changes)
    {
        var parameters = new Parameters(http.Request.Query);
        var tenant = parameters.Text("tenant_id");
        parameters.Check();
        var caller = CallerGate.CallerOf(http);
        var visible = await guard.VisibleAsync(caller, http.RequestAborted);
        if (visible is { Count: 0 })
        {
            throw Refuse.Forbidden($"{caller.Name} may see no tenant's plugins. Ask for the role view, edit or admin in a tenant's namespace");
        }

        if (tenant is not null && !caches.NamespacesOf(tenant).Any(ns => visible?.Contains(ns.Metadata.Name!) != false))
        {
            throw PluginLocator.NoTenant(tenant);
        }

        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(changes.ReadAsync(caller, tenant, http.RequestAborted));
    }
}
