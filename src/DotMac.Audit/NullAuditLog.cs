using DotMac.Audit.Entries;

namespace DotMac.Audit;

/// <summary>Keeps nothing.</summary>
public sealed class NullAuditLog : IAuditLog
{
    /// <summary>The one instance.</summary>
    public static NullAuditLog Instance { get; } = new();

    /// <inheritdoc />
    public ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
