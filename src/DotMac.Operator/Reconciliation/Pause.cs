using DotMac.Plugins.Resources;

namespace DotMac.Operator.Reconciliation;

/// <summary>A plugin of which nothing but the status is written, because an annotation says so.</summary>
/// <param name="Waiting">What would be written, <c>Deployment spec/replicas</c>; null when nothing would.</param>
internal sealed record Pause(string? Waiting)
{
    /// <summary>Whether a plugin is paused. One that is being deleted is not: its finalizers have to run.</summary>
    public static bool Is(TenantPlugin plugin) =>
        plugin.Metadata.DeletionTimestamp is null
        && plugin.Metadata.Annotations?.TryGetValue(Annotations.Paused, out var value) == true
        && value == "true";

    /// <summary>What the condition says.</summary>
    public Verdict Verdict => Verdict.True(
        ConditionReasons.Paused,
        $"Nothing is written while the annotation {Annotations.Paused} is \"true\"; {(Waiting is null ? "nothing waits to be" : $"{Waiting} waits to be")}. Take the annotation off to go on");
}
