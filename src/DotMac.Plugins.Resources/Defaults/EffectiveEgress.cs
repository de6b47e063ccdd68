namespace DotMac.Plugins.Resources.Defaults;

/// <summary>A host that the plugin may talk to.</summary>
/// <param name="Host">The host, in lower case.</param>
/// <param name="Ports">Ports, ascending, at least one.</param>
/// <param name="Protocol">What they are of.</param>
public sealed record EffectiveEgress(string Host, IReadOnlyList<int> Ports, EgressProtocol Protocol = EgressProtocol.TCP);
