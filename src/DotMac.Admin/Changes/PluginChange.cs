using DotMac.Plugins.Resources;

namespace DotMac.Admin.Changes;

/// <summary>The newest that is known of a plugin.</summary>
/// <param name="Plugin">It.</param>
/// <param name="IsRemoved">Whether it is gone; it is then as it was last.</param>
internal sealed record PluginChange(TenantPlugin Plugin, bool IsRemoved);
