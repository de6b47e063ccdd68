namespace DotMac.Audit.Reading;

/// <summary>Some entries, newest first.</summary>
/// <param name="Items">The entries; may be fewer than were asked for, or none, though there is more.</param>
/// <param name="Next">Where to go on; null at the end.</param>
/// <param name="Unreadable">How many lines on the way could not be read.</param>
public sealed record AuditPage(IReadOnlyList<AuditRecord> Items, AuditPlace? Next, int Unreadable);
