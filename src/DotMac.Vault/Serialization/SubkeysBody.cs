using System.Text.Json;

namespace DotMac.Vault.Serialization;

/// <summary>The keys of a secret; null when the version was deleted.</summary>
internal sealed record SubkeysBody(IReadOnlyDictionary<string, JsonElement>? Subkeys, VersionBody? Metadata);
