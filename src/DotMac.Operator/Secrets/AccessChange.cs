namespace DotMac.Operator.Secrets;

/// <summary>That a plugin was let in to secrets of Vault, or is no longer.</summary>
/// <param name="Namespace">The plugin's namespace.</param>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Access">The name of policy and role in Vault.</param>
/// <param name="References">What it may read, as the config refers to it; null when it is no longer let in.</param>
internal sealed record AccessChange(string Namespace, string Plugin, string Tenant, string Access, IReadOnlyList<string>? References);
