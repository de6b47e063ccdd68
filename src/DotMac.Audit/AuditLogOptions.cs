using DotMac.Audit.Files;

namespace DotMac.Audit;

/// <summary>Where a trail goes.</summary>
public sealed record AuditLogOptions
{
    /// <summary>A stream that gets every line, standard output for example; null for none. It is not closed.</summary>
    public Stream? Stream { get; init; }

    /// <summary>The file; null for none.</summary>
    public AuditFileOptions? File { get; init; }

    /// <summary>The key of the chain; null for none.</summary>
    public byte[]? Key { get; init; }

    /// <summary>So many lines are kept for a file that cannot be written for a while.</summary>
    public int MostKept { get; init; } = 10_000;
}
