using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Support;

/// <summary>Short ways to say what a status must hold.</summary>
internal static class StatusAssertions
{
    public static V1Condition? Find(this TenantPluginStatus status, string type) => status.Conditions!.SingleOrDefault(c => c.Type == type);

    public static V1Condition Condition(this TenantPluginStatus status, string type) =>
        status.Find(type) ?? throw new InvalidOperationException($"there is no condition {type}");

    /// <summary>The phase and the three conditions that tools wait for, in one line.</summary>
    public static string Line(this TenantPluginStatus status) =>
        $"{status.Phase} Ready={Text(status.Find("Ready"))}"
        + (status.Find("Reconciling") is { } reconciling ? $" Reconciling={reconciling.Status}" : string.Empty)
        + (status.Find("Stalled") is { } stalled ? $" Stalled={Text(stalled)}" : string.Empty);

    private static string Text(V1Condition? condition) => $"{condition?.Status}/{condition?.Reason}";
}
