namespace DotMac.Vault.Tokens;

/// <summary>What Vault knows of a token.</summary>
/// <param name="Accessor">What Vault calls the token where it must not name it.</param>
/// <param name="DisplayName">Who it was issued to.</param>
/// <param name="Policies">Its policies.</param>
/// <param name="Ttl">How long it still lives; zero for ever.</param>
/// <param name="CreationTtl">How long it was to live when it was issued.</param>
/// <param name="Period">For how long each renewal is good; zero when it is not periodic.</param>
/// <param name="IsRenewable">Whether it may be renewed.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends unless renewed; null for never.</param>
/// <param name="Path">How it was issued: <c>auth/kubernetes/login</c>, for example.</param>
/// <param name="Metadata">What the login noted: the service account, for example.</param>
public sealed record VaultTokenInfo(
    string Accessor,
    string DisplayName,
    IReadOnlyList<string> Policies,
    TimeSpan Ttl,
    TimeSpan CreationTtl,
    TimeSpan Period,
    bool IsRenewable,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? ExpiresAt,
    string Path,
    IReadOnlyDictionary<string, string> Metadata);
