using DotMac.Admin.Hosting;
using DotMac.Admin.OpenApi;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Views;

namespace DotMac.Admin.Routes;

/// <summary>The paths of the API.</summary>
internal static class AdminRoutes
{
    private const string Json = "application/json";
    private static readonly QueryParameter Tenant = new("tenant_id", "string", "Whose. Needed where what is meant is installed for several tenants that the caller may see.");
    private static readonly QueryParameter Wait = new("wait", "integer", "For how many seconds the answer is held back until what was asked for has come about, or cannot. Default: 0.") { Least = 0, Most = 300 };
    private static readonly HeaderParameter IfMatch = new("If-Match", "Only if its state is still the one that this ETag came with.");
    private static readonly HeaderParameter IfNoneMatch = new("If-None-Match", "An ETag: if the state is still that one, the answer is 304 without a body.");
    private static readonly HeaderParameter Key = new(IdempotencyKeys.Header, "A key of the caller's own for this one request: sent again under it within an hour, it is not done twice.");

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/admin");
        Reads(api.MapGroup("/plugins").WithTags("Plugins"));
        Writes(api.MapGroup("/plugins").WithTags("Plugins"));

        api.MapGet("/catalog/{id}", OtherReads.CatalogAsync).WithTags("Catalog").Describe("getCatalogEntry", "An entry of the catalog with its schemas", [], 404);
        api.MapGet("/tenants", OtherReads.TenantsAsync).WithTags("Tenants").Describe(
            "listTenants", "The tenants whose plugins the caller may see",
            [
                new QueryParameter("search", "string", "Only tenants whose id or namespace holds this."),
                new QueryParameter("limit", "integer", "How many a page holds. Default: 100.") { Least = 1, Most = 500 },
                new QueryParameter("cursor", "string", "What next_cursor of the page before says."),
            ]);
        api.MapGet("/audit", AuditReads.AuditAsync).WithTags("Audit").Describe(
            "listAudit", "What was done to plugins, by whom, and what came of it",
            [
                new QueryParameter("tenant_id", "string", "Only of this tenant."),
                new QueryParameter("plugin", "string", "Only of this plugin: its id, or that of its entry of the catalog."),
                new QueryParameter("operation", "string", "Only this operation: install, configure, remove, …"),
                new QueryParameter("result", "string", "Only with this result.") { Words = ["Accepted", "Succeeded", "Failed", "Denied"] },
                new QueryParameter("actor", "string", "Only by this actor."),
                new QueryParameter("since", "string", "Only from this time on, such as 2026-01-31T12:00:00Z."),
                new QueryParameter("until", "string", "Only before this time."),
                new QueryParameter("limit", "integer", "How many a page holds at most. Default: 100.") { Least = 1, Most = 500 },
                new QueryParameter("cursor", "string", "What next_cursor of the page before says."),
            ],
            404);
        api.MapGet("/changes", OtherReads.ChangesAsync).WithTags("Plugins").Produces(200, contentType: "text/event-stream").Describe(
            "streamChanges",
            "What changes, as server-sent events: first a status event for each plugin, then complete; from then on status and removed as it happens, and heartbeat every ten seconds of silence; at last signed_out or rights_changed",
            [Tenant], 404);
    }

    private static void Reads(RouteGroupBuilder plugins)
    {
        plugins.MapGet("/", PluginReads.ListAsync).Describe(
            "listPlugins", "The catalog, with what is installed of it by tenant",
            [
                new QueryParameter("category", "string", "Only entries of this category.") { Words = ["communication", "billing", "network-automation", "crm", "custom"] },
                new QueryParameter("tenant_id", "string", "Only what is installed for this tenant."),
                new QueryParameter("state", "string", "Only what is installed and in this state; not_installed for entries of which nothing is.")
                {
                    Words = ["unknown", "pending", "installing", "active", "degraded", "failed", "inactive", "terminating", "not_installed"],
                },
                new QueryParameter("search", "string", "Only what holds this in its id, name, description or tenant."),
                new QueryParameter("limit", "integer", "How many installations, and entries without one, a page holds. Default: 100.") { Least = 1, Most = 500 },
                new QueryParameter("cursor", "string", "What next_cursor of the page before says."),
            ],
            404);
        plugins.MapGet("/{id}", PluginReads.DetailsAsync).Produces<InstallationDetails>().Produces(304).Describe("getPlugin", "An installed plugin with its configuration", [Tenant, IfNoneMatch], 404, 409);
        plugins.MapGet("/{id}/status", PluginReads.StatusAsync).Produces<InstallationStatus>().Produces(304).Describe("getPluginStatus", "How an installed plugin is", [Tenant, IfNoneMatch], 404, 409);
        plugins.MapGet("/{id}/metrics", PluginReads.MetricsAsync).Describe("getPluginMetrics", "How much an installed plugin is used", [Tenant], 404, 409);
        plugins.MapGet("/{id}/events", PluginReads.EventsAsync).Describe("getPluginEvents", "What was told about an installed plugin", [Tenant], 404, 409);
        plugins.MapGet("/{id}/revisions", PluginReads.RevisionsAsync).Describe("getPluginRevisions", "What an installed plugin can be rolled back to", [Tenant], 404, 409);
        plugins.MapGet("/{id}/logs", PluginReads.LogsAsync).Produces<string>(200, "text/plain").Describe(
            "getPluginLogs", "The logs of its pods. Needs the right to read logs of pods besides",
            [
                Tenant,
                new QueryParameter("follow", "boolean", "Whether to go on with what is logged from now on, over restarts and in new pods. Default: false."),
                new QueryParameter("tail_lines", "integer", "How many lines of the past, of each pod. Default: 100.") { Least = 0, Most = 10_000 },
                new QueryParameter("since_seconds", "integer", "Only what was logged in so many seconds before now.") { Least = 1, Most = 30 * 24 * 3600 },
                new QueryParameter("timestamps", "boolean", "Whether each line begins with its time. Default: false."),
                new QueryParameter("previous", "boolean", "Whether to read what the container before the last restart logged. Default: false."),
                new QueryParameter("pod", "string", "One pod. Default: all of them."),
            ],
            404, 409);
    }

    private static void Writes(RouteGroupBuilder plugins)
    {
        plugins.MapPost("/install", PluginWrites.InstallAsync).Produces<ChangeAnswer>().Produces<ChangeAnswer>(201).Describe(
            "installPlugin", "Installs an entry of the catalog for a tenant", [Wait, Key], 404, 409, 413, 415, 422);
        Change(plugins.MapPost("/{id}/activate", PluginWrites.ActivateAsync), "activatePlugin", "Has it run");
        Change(plugins.MapPost("/{id}/deactivate", PluginWrites.DeactivateAsync), "deactivatePlugin", "Stops it; everything else is kept");
        Change(plugins.MapPost("/{id}/restart", PluginWrites.RestartAsync), "restartPlugin", "Replaces its pods, one by one");
        Change(plugins.MapPost("/{id}/upgrade", PluginWrites.UpgradeAsync).Accepts<UpgradeRequest>(isOptional: true, Json), "upgradePlugin", "Has another version run", 413, 415);
        Change(plugins.MapPost("/{id}/rollback", PluginWrites.RollbackAsync).Accepts<RollbackRequest>(isOptional: true, Json), "rollbackPlugin", "Goes back to a revision that was healthy", 413, 415);
        plugins.MapPost("/{id}/test", PluginWrites.TestAsync).Describe("testPlugin", "Has it check its credentials now", [Tenant, Key], 404, 409, 422, 504);
        plugins.MapPut("/{id}/config", PluginWrites.ConfigureAsync).Describe("configurePlugin", "Configures it", [Tenant, Wait, IfMatch], 404, 409, 412, 413, 415, 422);
        plugins.MapPut("/{id}", PluginWrites.ConfigureAsync).Describe("replacePluginConfig", "Configures it; the same as PUT …/config", [Tenant, Wait, IfMatch], 404, 409, 412, 413, 415, 422);
        plugins.MapDelete("/{id}", PluginWrites.RemoveAsync).Produces<ChangeAnswer>().Produces<ChangeAnswer>(202).Describe(
            "removePlugin", "Removes it: 202 while it is being removed, 200 once it is gone",
            [Tenant, new QueryParameter("force", "boolean", "Whether to remove it though others need it. Default: false."), Wait, IfMatch],
            404, 409, 412);
    }

    private static void Change(RouteHandlerBuilder route, string name, string summary, params int[] further) =>
        route.Produces<ChangeAnswer>().Describe(name, summary, [Tenant, Wait, IfMatch, Key], [404, 409, 412, 422, .. further]);

    // What every path may answer besides.
    private static void Describe(this RouteHandlerBuilder route, string name, string summary, IReadOnlyList<RequestParameter> parameters, params int[] refusals)
    {
        route.WithName(name).WithSummary(summary);
        foreach (var status in refusals.Concat([400, 401, 403, 429, 500, 502, 503]).Distinct())
        {
            route.Produces<Problem>(status, Problem.ContentType);
        }

        foreach (var parameter in parameters)
        {
            route.WithMetadata(parameter);
        }
    }
}
