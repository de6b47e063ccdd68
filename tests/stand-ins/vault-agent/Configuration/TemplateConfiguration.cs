namespace DotMac.StandIns.VaultAgent.Configuration;

/// <summary>A template and where what it makes goes.</summary>
internal sealed record TemplateConfiguration
{
    public required string Destination { get; init; }

    /// <summary>The template's text; null when it is in <see cref="Source"/>.</summary>
    public string? Contents { get; init; }

    public string? Source { get; init; }

    public UnixFileMode Mode { get; init; }

    public bool CreateDirectories { get; init; } = true;

    public bool ErrorOnMissingKey { get; init; }

    public string LeftDelimiter { get; init; } = "{{";

    public string RightDelimiter { get; init; } = "}}";
}
