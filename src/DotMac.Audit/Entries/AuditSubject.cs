namespace DotMac.Audit.Entries;

/// <summary>What it was done to.</summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Namespace">Where it is; null for what is in none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">What tells it from another one of the same name.</param>
/// <param name="Generation">Which state of its wishes; null when that is of no matter.</param>
public sealed record AuditSubject(string Kind, string? Namespace, string Name, string? Uid = null, long? Generation = null);
