namespace DotMac.Vault.KeyValue;

/// <summary>Which keys a secret has, without their values.</summary>
/// <param name="State">What became of the version: only an available one has keys.</param>
/// <param name="Keys">The keys at the top; empty unless <paramref name="State"/> is available.</param>
/// <param name="Version">The version.</param>
/// <param name="CustomMetadata">What people noted about the secret.</param>
public sealed record KeyValueSubkeys(
    KeyValueState State,
    IReadOnlySet<string> Keys,
    KeyValueVersion Version,
    IReadOnlyDictionary<string, string> CustomMetadata);
