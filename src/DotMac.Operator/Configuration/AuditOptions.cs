namespace DotMac.Operator.Configuration;

/// <summary>Where the audit trail goes.</summary>
internal sealed record AuditOptions
{
    /// <summary>Whether to standard output, which then carries nothing else.</summary>
    public bool Stdout { get; init; } = true;

    /// <summary>The file; null for none.</summary>
    public string? File { get; init; }

    /// <summary>A file with the key of the chain; null for none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A file of so many bytes is full.</summary>
    public long MaxBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>So many full files are kept.</summary>
    public int Keep { get; init; } = 10;
}
