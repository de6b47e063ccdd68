namespace DotMac.Audit.Files;

/// <summary>Where a trail is kept, and how much of it.</summary>
public sealed record AuditFileOptions
{
    /// <summary>The path of the file that is written.</summary>
    public required string Path { get; init; }

    /// <summary>A file that has reached so many bytes is full.</summary>
    public long MaxBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>So many full files are kept; older ones are deleted.</summary>
    public int Keep { get; init; } = 10;
}
