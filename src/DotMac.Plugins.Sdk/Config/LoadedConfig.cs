using DotMac.Plugins.Contract.Problems;

namespace DotMac.Plugins.Sdk.Config;

/// <summary>What one look at the mounted files gave.</summary>
/// <param name="Value">The typed config; null when there are problems, or when the plugin has no config.</param>
/// <param name="Source">The bytes of the config file, for pinning.</param>
/// <param name="Fingerprint">A hash of the resolved config: equal means nothing changed.</param>
/// <param name="Secrets">The secret values that were found.</param>
/// <param name="Problems">Why the config cannot be used; empty when it can.</param>
internal sealed record LoadedConfig(
    object? Value, byte[] Source, string Fingerprint, IReadOnlyList<string> Secrets, IReadOnlyList<FieldProblem> Problems);
