using DotMac.Admin.Access;
using DotMac.Admin.Callers;
using DotMac.Admin.Configuration;
using DotMac.Admin.Problems;
using DotMac.Admin.Tenants;
using DotMac.Audit.Files;
using DotMac.Audit.Reading;

namespace DotMac.Admin.Auditing;

/// <summary>The operator's audit trail: what was done to plugins whose tenant the caller may see.</summary>
internal sealed class AuditTrail(AdminOptions options, AdminCaches caches, AccessGuard guard)
{
    /// <summary>Whether this service was told of one.</summary>
    public bool IsKnown => options.AuditFiles.Count > 0;

    /// <summary>A place in it, from the text that a page said it by; null when it is none.</summary>
    public AuditPlace? Place(string cursor) => AuditPlace.Parse(cursor, options.AuditFiles.Count);

    /// <summary>Reads a page, newest first.</summary>
    /// <exception cref="ProblemException">It cannot be read, or not by this caller.</exception>
    public async Task<AuditView> ReadAsync(Caller caller, AuditQuery query, int limit, AuditPlace? place, CancellationToken cancellationToken)
    {
        var visible = await guard.VisibleAsync(caller, cancellationToken);
        if (visible is { Count: 0 })
        {
            throw Refuse.Forbidden($"{caller.Name} may see no tenant's plugins, and so nothing of what was done to them");
        }

        if (query.Tenant is { } tenant && visible is not null && !caches.NamespacesOf(tenant).Any(ns => visible.Contains(ns.Metadata.Name!)))
        {
            throw PluginLocator.NoTenant(tenant);
        }

        if (!IsKnown)
        {
            throw Refuse.NotFound("this service was told of no audit trail; have it started with --audit-file, where the operator's can be read");
        }

        try
        {
            // What is of no namespace is the trail's own, and for those to know who may see everything.
            var reader = new AuditReader([.. options.AuditFiles.Select(static file => new AuditFileSet(file))]);
            var page = await Task.Run(
                () => reader.Read(query, record => visible is null || (record.Namespace is { } ns && visible.Contains(ns)), limit, place), cancellationToken);
            return new AuditView([.. page.Items.Select(static record => record.Members)], page.Next?.ToString(), page.Unreadable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse.Unavailable($"the audit trail cannot be read: {e.Message}");
        }
    }
}
