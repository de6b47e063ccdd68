using DotMac.Plugins.Resources;

namespace DotMac.Operator.Health;

/// <summary>Somebody's wish that a plugin's checks be run now. Pure.</summary>
internal static class CheckRequest
{
    private const int Longest = 64;

    /// <summary>The wish that stands on a plugin; null when there is none, or it is none that can be answered.</summary>
    public static string? Of(TenantPlugin? plugin) =>
        plugin?.Metadata.Annotations?.TryGetValue(Annotations.CheckRequestedAt, out var mark) == true && mark.Length is > 0 and <= Longest && !mark.Any(char.IsControl) ? mark : null;

    /// <summary>The wish that has not been answered yet.</summary>
    public static string? Unanswered(TenantPlugin? plugin) => Of(plugin) is { } mark && mark != plugin!.Status?.Health?.HandledCheckAt ? mark : null;
}
