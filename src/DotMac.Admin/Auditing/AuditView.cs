using System.ComponentModel;
using System.Text.Json.Nodes;

namespace DotMac.Admin.Auditing;

/// <summary>One page of the audit trail.</summary>
public sealed record AuditView(
    [property: Description("Entries as they stand in the trail, newest first; docs/audit.md describes their members.")] IReadOnlyList<JsonNode> Entries,
    [property: Description("What to pass as cursor to go on; absent at the end. A page may be short, or empty, though there is more.")] string? NextCursor,
    [property: Description("How many lines on the way could not be read; dotmac audit verify says more.")] int Unreadable);
