using DotMac.Vault.Secrets;

namespace DotMac.Vault.Serialization;

/// <summary><c>auth</c> of an answer: a token that was issued or renewed.</summary>
internal sealed record AuthBody(
    VaultToken? ClientToken,
    string? Accessor,
    IReadOnlyList<string>? Policies,
    IReadOnlyDictionary<string, string>? Metadata,
    long LeaseDuration,
    bool Renewable);
