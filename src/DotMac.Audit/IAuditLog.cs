using DotMac.Audit.Entries;

namespace DotMac.Audit;

/// <summary>Keeps what was done.</summary>
public interface IAuditLog
{
    /// <summary>Records; complete when the entry was handed to every sink that works, or after <see cref="AuditLog.Patience"/>, whichever is first.</summary>
    /// <param name="entry">What was done. Must hold no secret value.</param>
    /// <param name="cancellationToken">Gives up waiting; the entry is recorded all the same.</param>
    ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default);
}
