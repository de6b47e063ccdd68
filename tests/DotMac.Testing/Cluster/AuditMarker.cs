namespace DotMac.Testing.Cluster;

/// <summary>A place in the audit log: everything before it was answered before the marker was taken.</summary>
public readonly record struct AuditMarker(long Position);
