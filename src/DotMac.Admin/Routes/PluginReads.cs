using DotMac.Admin.Access;
using DotMac.Admin.Hosting;
using DotMac.Admin.Listing;
using DotMac.Admin.Logs;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Admin.Routes;

/// <summary>What is read of plugins: from the caches, with the caller's right to get or list them.</summary>
internal static class PluginReads
{
    private const int MostListed = 500;
    private static readonly string[] States = [.. Enum.GetNames<InstallationState>().Select(static name => name.ToLowerInvariant()), "not_installed"];

    [Checked]
    public static async Task<PluginPage> ListAsync(HttpContext http, AdminCaches caches, PluginOrder order, AccessGuard guard)
    {
        var query = Read(http.Request.Query);
        var caller = CallerGate.CallerOf(http);
        var visible = await guard.VisibleAsync(caller, http.RequestAborted);
        if (visible is { Count: 0 })
        {
            throw Refuse.Forbidden($"{caller.Name} may see no tenant's plugins. Ask for the role view, edit or admin in a tenant's namespace");
        }

        if (query.Tenant is { } tenant && !caches.NamespacesOf(tenant).Any(ns => visible?.Contains(ns.Metadata.Name!) != false))
        {
            throw PluginLocator.NoTenant(tenant);
        }

        return new PluginLister(
            caches.Definition,
            caches.Plugins.Store.Get,
            ns => visible?.Contains(ns) != false ? caches.TenantOf(ns) : null).Page(order.Places, query);
    }

    [Checked]
    public static async Task<IResult> DetailsAsync(HttpContext http, string id, PluginLocator locator, Answers answers)
    {
        var target = await FindAsync(http, id, locator);
        return Answers.Tagged(http, target.Plugin, answers.Details(target.Plugin, target.Tenant));
    }

    [Checked]
    public static async Task<IResult> StatusAsync(HttpContext http, string id, PluginLocator locator, Answers answers)
    {
        var target = await FindAsync(http, id, locator);
        return Answers.Tagged(http, target.Plugin, answers.Status(target.Plugin, target.Tenant));
    }

    [Checked]
    public static async Task<MetricsView> MetricsAsync(HttpContext http, string id, PluginLocator locator, Answers answers) =>
        answers.Metrics((await FindAsync(http, id, locator)).Plugin);

    [Checked]
    public static async Task<EventList> EventsAsync(HttpContext http, string id, PluginLocator locator, AdminCaches caches) =>
        EventViews.Of(caches.EventsOf((await FindAsync(http, id, locator)).Plugin));

    [Checked]
    public static async Task<RevisionList> RevisionsAsync(HttpContext http, string id, PluginLocator locator, RevisionReader revisions)
    {
        var target = await FindAsync(http, id, locator);
        var all = await revisions.OfAsync(target.Plugin, http.RequestAborted);
        return new RevisionList([.. all.Select(revision => new RevisionView(
            revision.Number, revision.Name, revision.Version, revision.Created, revision.Name == target.Plugin.Status?.CurrentRevision))]);
    }

    [Checked]
    public static async Task LogsAsync(HttpContext http, string id, PluginLocator locator, PodLogs logs, IHostApplicationLifetime lifetime)
    {
        var parameters = new Parameters(http.Request.Query);
        var query = new LogQuery
        {
            Follow = parameters.Flag("follow"),
            Tail = parameters.Number("tail_lines", 0, 10_000) ?? 100,
            Since = parameters.Number("since_seconds", 1, 30 * 24 * 3600),
            Timestamps = parameters.Flag("timestamps"),
            Previous = parameters.Flag("previous"),
            Pod = parameters.Text("pod"),
        };
        parameters.Text("tenant_id");
        parameters.Check();
        var target = await FindAsync(http, id, locator);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await logs.CopyAsync(CallerGate.CallerOf(http), target, query, () => Begin(http), stop.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The service stops: an end like any other.
        }

        if (!http.Response.HasStarted)
        {
            Begin(http);
        }
    }

    private static Stream Begin(HttpContext http)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";

        // Proxies are not to wait for more before they pass a line on.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return http.Response.Body;
    }

    private static ValueTask<Target> FindAsync(HttpContext http, string id, PluginLocator locator)
    {
        var parameters = new Parameters(http.Request.Query);
        var tenant = parameters.Text("tenant_id");
        parameters.Check();
        return locator.FindAsync(CallerGate.CallerOf(http), id, tenant, Verbs.Get, http.RequestAborted);
    }

    private static ListQuery Read(IQueryCollection query)
    {
        var parameters = new Parameters(query);
        var state = parameters.Word("state", States);
        var cursor = parameters.Text("cursor", 1024);
        var read = new ListQuery
        {
            Category = parameters.Word("category", EnumText.All<PluginCategory>()),
            Tenant = parameters.Text("tenant_id"),
            State = Enum.TryParse<InstallationState>(state, ignoreCase: true, out var known) ? known : null,
            NotInstalled = state == "not_installed",
            Search = parameters.Text("search"),
            Limit = parameters.Number("limit", 1, MostListed) ?? 100,
            After = cursor is null ? null : ListCursor.Parse(cursor),
        };
        if (cursor is not null && read.After is null)
        {
            parameters.Add("cursor", "must be what next_cursor of the page before says");
        }

        parameters.Check();
        return read;
    }
}
