namespace DotMac.Cli.Output;

/// <summary>How a command prints what it found.</summary>
internal enum OutputFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>A table with further columns.</summary>
    Wide,

    /// <summary>The resources as JSON.</summary>
    Json,

    /// <summary>The resources as YAML.</summary>
    Yaml,

    /// <summary>Names alone, one a line, as kubectl takes them.</summary>
    Name,
}
