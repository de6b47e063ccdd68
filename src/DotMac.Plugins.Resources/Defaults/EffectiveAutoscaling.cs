namespace DotMac.Plugins.Resources.Defaults;

/// <summary>Between which numbers of pods a plugin goes.</summary>
/// <param name="MinReplicas">The fewest pods, at least one.</param>
/// <param name="MaxReplicas">The most pods, no fewer than <paramref name="MinReplicas"/>.</param>
/// <param name="TargetCpuPercent">The use of the CPU that is aimed at, as a percentage of what the pods request.</param>
public sealed record EffectiveAutoscaling(int MinReplicas, int MaxReplicas, int TargetCpuPercent);
