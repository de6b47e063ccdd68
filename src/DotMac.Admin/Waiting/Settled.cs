using DotMac.Plugins.Resources;

namespace DotMac.Admin.Waiting;

/// <summary>Whether there is anything left to wait for after a change. Pure.</summary>
internal static class Settled
{
    /// <summary>Whether the operator has acted upon a plugin's newest wishes, and it runs, is stopped, or is stuck until somebody does something.</summary>
    /// <param name="plugin">It; null when it is gone.</param>
    public static bool Is(TenantPlugin? plugin) => plugin is null || plugin.IsSettled();
}
