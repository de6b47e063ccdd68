using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Health;

/// <summary>What a plugin's pods use, all together.</summary>
/// <param name="MemoryBytes">Memory, in bytes.</param>
/// <param name="CpuMillicores">Processor, in thousandths of a core.</param>
internal readonly record struct ResourceUsage(long MemoryBytes, long CpuMillicores)
{
    private const long Mebibyte = 1024 * 1024;

    // What an idle process gains and loses is no news: below these steps, and below a fifth, what was written stays.
    private const long MemoryStep = 16 * Mebibyte;
    private const long CpuStep = 20;

    /// <summary>The memory to write, in whole mebibytes.</summary>
    /// <param name="written">What is written now.</param>
    public ResourceQuantity Memory(ResourceQuantity? written) =>
        written is { } old && IsClose((long)old.Value, MemoryBytes, MemoryStep)
            ? old
            : ResourceQuantity.Parse(FormattableString.Invariant($"{(MemoryBytes + Mebibyte - 1) / Mebibyte}Mi"));

    /// <summary>The processor to write, in thousandths of a core.</summary>
    /// <param name="written">What is written now.</param>
    public ResourceQuantity Cpu(ResourceQuantity? written) =>
        written is { } old && IsClose((long)(old.Value * 1000), CpuMillicores, CpuStep) ? old : ResourceQuantity.Parse(FormattableString.Invariant($"{CpuMillicores}m"));

    /// <summary>Whether another value would be written than the one that was.</summary>
    /// <param name="told">What the usage was when it was written.</param>
    public bool MovedFrom(ResourceUsage? told) =>
        told is not { } old || !IsClose(old.MemoryBytes, MemoryBytes, MemoryStep) || !IsClose(old.CpuMillicores, CpuMillicores, CpuStep);

    private static bool IsClose(long old, long now, long step) => Math.Abs(old - now) < Math.Max(step, old / 5);
}
