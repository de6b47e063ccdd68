using DotMac.Admin.Auditing;
using DotMac.Admin.Hosting;
using DotMac.Admin.Requests;
using DotMac.Audit.Entries;
using DotMac.Audit.Reading;

namespace DotMac.Admin.Routes;

/// <summary>The operator's audit trail: what was done to plugins whose tenant the caller may see.</summary>
internal static class AuditReads
{
    private const int MostEntries = 500;

    [Checked]
    public static async Task<AuditView> AuditAsync(HttpContext http, AuditTrail trail)
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
        var place = cursor is null ? null : trail.Place(cursor);
        if (cursor is not null && place is null && trail.IsKnown)
        {
            parameters.Add("cursor", "must be what next_cursor of the page before says");
        }

        parameters.Check();
        return await trail.ReadAsync(CallerGate.CallerOf(http), query, limit, place, http.RequestAborted);
    }
}
