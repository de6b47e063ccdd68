using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>What a plugin may use, as the guide writes it.</summary>
public sealed record ResourceLimitsView
{
    [Description("Memory in mebibytes.")]
    public long? MemoryMb { get; init; }

    [Description("Processor time in percent of a core.")]
    public int? CpuPercent { get; init; }
}
