namespace DotMac.Plugins.Contract.Callers;

/// <summary>One entry of <see cref="CallersFile.Allowed"/>.</summary>
/// <param name="Namespace">The caller's namespace. An entry without one lets nobody in.</param>
/// <param name="ServiceAccount">The caller's service account; null: every service account of the namespace.</param>
public sealed record AllowedCaller(string? Namespace = null, string? ServiceAccount = null);
