using System.Globalization;
using DotMac.Admin.Problems;
using DotMac.Admin.Views;

namespace DotMac.Admin.Ui.Forms;

/// <summary>Limits and sandbox, as they are typed in.</summary>
public sealed class LimitsForm
{
    /// <summary>Memory in mebibytes; empty for what the catalog says.</summary>
    public string Memory { get; set; } = string.Empty;

    /// <summary>Processor time in percent of a core; empty for what the catalog says.</summary>
    public string Cpu { get; set; } = string.Empty;

    /// <summary>Whether network policies confine it.</summary>
    public bool IsConfined { get; set; } = true;

    /// <summary>The form of what is stored; null for nothing.</summary>
    public static LimitsForm Of(SecurityView? stored) => new()
    {
        Memory = stored?.ResourceLimits?.MemoryMb?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        Cpu = stored?.ResourceLimits?.CpuPercent?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        IsConfined = stored?.SandboxEnabled != false,
    };

    /// <summary>What is to be changed: what differs from what is stored. What was left empty stays.</summary>
    /// <param name="stored">What is stored; null for nothing.</param>
    /// <param name="errors">Told of what cannot be read.</param>
    /// <returns>Null for nothing.</returns>
    public SecurityView? Changes(SecurityView? stored, ICollection<FieldError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var memory = Number(Memory, "/security/resource_limits/memory_mb", errors);
        var cpu = Number(Cpu, "/security/resource_limits/cpu_percent", errors);
        memory = memory == stored?.ResourceLimits?.MemoryMb ? null : memory;
        cpu = cpu == stored?.ResourceLimits?.CpuPercent ? null : cpu;
        bool? confined = IsConfined == (stored?.SandboxEnabled != false) ? null : IsConfined;
        return memory is null && cpu is null && confined is null
            ? null
            : new SecurityView { SandboxEnabled = confined, ResourceLimits = memory is null && cpu is null ? null : new ResourceLimitsView { MemoryMb = memory, CpuPercent = cpu } };
    }

    /// <summary>What is changed, for people.</summary>
    /// <param name="stored">What is stored; null for nothing.</param>
    public IEnumerable<ConfigDifference> Differences(SecurityView? stored)
    {
        var changes = Changes(stored, []);
        if (changes?.ResourceLimits?.MemoryMb is { } memory)
        {
            yield return new ConfigDifference(Strings.LimitMemory, Text(stored?.ResourceLimits?.MemoryMb), Text(memory));
        }

        if (changes?.ResourceLimits?.CpuPercent is { } cpu)
        {
            yield return new ConfigDifference(Strings.LimitCpu, Text(stored?.ResourceLimits?.CpuPercent), Text(cpu));
        }

        if (changes?.SandboxEnabled is { } confined)
        {
            yield return new ConfigDifference(Strings.SandboxOn, confined ? Strings.No : Strings.Yes, confined ? Strings.Yes : Strings.No);
        }
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string text, string pointer, ICollection<FieldError> errors)
    {
        if (text.Trim().Length == 0)
        {
            return null;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(new FieldError(pointer, Strings.FormWholeNumber));
        return null;
    }
}
