namespace DotMac.Plugins.Resources.Defaults;

/// <summary>Somebody who may call.</summary>
/// <param name="Namespace">The caller's namespace.</param>
/// <param name="ServiceAccount">The caller's service account; null is every one of the namespace.</param>
public sealed record EffectiveCaller(string Namespace, string? ServiceAccount);
