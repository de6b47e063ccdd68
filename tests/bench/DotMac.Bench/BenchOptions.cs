namespace DotMac.Bench;

/// <summary>What is to be measured, and with what.</summary>
internal sealed record BenchOptions
{
    /// <summary>The published operator, DotMac.Operator.dll.</summary>
    public required string Operator { get; init; }

    /// <summary>The client-go operator; null to measure without it.</summary>
    public string? Peer { get; init; }

    /// <summary>The parts, of a to g.</summary>
    public string Parts { get; init; } = "abcdefg";

    /// <summary>TenantPlugins of part a.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>TenantPlugins of part g.</summary>
    public int Plugins { get; init; } = 10_000;

    /// <summary>How often part a is repeated.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>Where the report goes; null for the console only.</summary>
    public string? Output { get; init; }

    public bool Has(char part) => Parts.Contains(part, StringComparison.Ordinal);
}
