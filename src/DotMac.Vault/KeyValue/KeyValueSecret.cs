using DotMac.Vault.Secrets;

namespace DotMac.Vault.KeyValue;

/// <summary>A secret, or what is left of it.</summary>
/// <param name="State">What became of the version: only an available one has fields.</param>
/// <param name="Fields">Key and value; empty unless <paramref name="State"/> is available.</param>
/// <param name="Version">The version.</param>
/// <param name="CustomMetadata">What people noted about the secret.</param>
public sealed record KeyValueSecret(
    KeyValueState State,
    IReadOnlyDictionary<string, SecretValue> Fields,
    KeyValueVersion Version,
    IReadOnlyDictionary<string, string> CustomMetadata);
