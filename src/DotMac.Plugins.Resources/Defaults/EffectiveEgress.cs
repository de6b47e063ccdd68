namespace DotMac.Plugins.Resources.Defaults;

/// <summary>A host that the plugin may talk to.</summary>
/// <param name="Host">The host, in lower case.</param>
/// <param name="Ports">TCP ports, ascending, at least one.</param>
public sealed record EffectiveEgress(string Host, IReadOnlyList<int> Ports);
