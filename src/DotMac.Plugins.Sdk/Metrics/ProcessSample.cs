namespace DotMac.Plugins.Sdk.Metrics;

/// <summary>What the process uses.</summary>
/// <param name="CpuSeconds">CPU time since its start.</param>
/// <param name="ResidentBytes">Resident memory now.</param>
internal readonly record struct ProcessSample(double CpuSeconds, long ResidentBytes)
{
    /// <summary>Takes a sample.</summary>
    public static ProcessSample Take() => new(Environment.CpuUsage.TotalTime.TotalSeconds, Environment.WorkingSet);
}
