using DotMac.Plugins.Resources;

namespace DotMac.Admin.Configuring;

/// <summary>What a configuration came to.</summary>
/// <param name="Plugin">The plugin as it is stored, or would be.</param>
/// <param name="Changed">Whether anything was, or would be, changed.</param>
/// <param name="Warnings">What should be known all the same.</param>
internal sealed record ConfigOutcome(TenantPlugin Plugin, bool Changed, IReadOnlyList<string> Warnings);
