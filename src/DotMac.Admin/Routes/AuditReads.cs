using DotMac.Admin.Access;
using DotMac.Admin.Auditing;
using DotMac.Admin.Configuration;
using DotMac.Admin.Hosting;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Audit.Entries;
using DotMac.Audit.Files;
using DotMac.Audit.Reading;

namespace DotMac.Admin.Routes;

/// <summary>The operator's audit trail: what was done to plugins whose tenant the caller may see.</summary>
internal static class AuditReads
{
    private const int MostEntries = 500;

    [Checked]
    public static async Task<AuditView> AuditAsync(HttpContext http, AdminOptions options, AdminCaches caches, AccessGuard guard)
    {
        var parameters = new Parameters(http.Request.Query);
        var query = new AuditQuery
        {
            Tenant = parameters.Text("tenant_id"),
            Plugin = parameters.Text("plugin"),
            Operation = parameters.Text("operation"),
            Result = parameters.Word("result", Enum.GetNames<AuditResult>()),
            Actor = parameters.Text("actor"),
            Since = parameters.Time("since"),
            Until = parameters.Time("until"),
        };
        var limit = parameters.Number("limit", 1, MostEntries) ?? 100;
        var cursor = parameters.Text("cursor", 1024);
        var place = cursor is null ? null : AuditPlace.Parse(cursor, options.AuditFiles.Count);
        if (cursor is not null && place is null && options.AuditFiles.Count > 0)
        {
            parameters.Add("cursor", "must be what next_cursor of the page before says");
        }

        parameters.Check();
        var caller = CallerGate.CallerOf(http);
        var visible = await guard.VisibleAsync(caller, http.RequestAborted);
        if (visible is { Count: 0 })
        {
            throw Refuse.Forbidden($"{caller.Name} may see no tenant's plugins, and so nothing of what was done to them");
        }

        if (query.Tenant is { } tenant && visible is not null && !caches.NamespacesOf(tenant).Any(ns => visible.Contains(ns.Metadata.Name!)))
        {
            throw PluginLocator.NoTenant(tenant);
        }

        if (options.AuditFiles.Count == 0)
        {
            throw Refuse.NotFound("this service was told of no audit trail; have it started with --audit-file, where the operator's can be read");
        }

        try
        {
            // What is of no namespace is the trail's own, and for those to know who may see everything.
            var reader = new AuditReader([.. options.AuditFiles.Select(static file => new AuditFileSet(file))]);
            var page = await Task.Run(
                () => reader.Read(query, record => visible is null || (record.Namespace is { } ns && visible.Contains(ns)), limit, place), http.RequestAborted);
            return new AuditView([.. page.Items.Select(static record => record.Members)], page.Next?.ToString(), page.Unreadable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse.Unavailable($"the audit trail cannot be read: {e.Message}");
        }
    }
}
