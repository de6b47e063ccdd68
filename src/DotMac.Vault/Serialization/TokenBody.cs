namespace DotMac.Vault.Serialization;

/// <summary>What Vault knows of a token; its <c>id</c> is left unread.</summary>
internal sealed record TokenBody(
    string? Accessor,
    string? DisplayName,
    IReadOnlyList<string>? Policies,
    long Ttl,
    long CreationTtl,
    long ExplicitMaxTtl,
    long Period,
    bool Renewable,
    string? IssueTime,
    string? ExpireTime,
    string? Path,
    IReadOnlyDictionary<string, string>? Meta);
