namespace DotMac.Vault.Serialization;

/// <summary>A role of <c>auth/kubernetes</c>; times in seconds.</summary>
internal sealed record RoleBody(
    IReadOnlyList<string>? BoundServiceAccountNames,
    IReadOnlyList<string>? BoundServiceAccountNamespaces,
    string? Audience,
    IReadOnlyList<string>? TokenPolicies,
    long TokenTtl,
    long TokenMaxTtl,
    long TokenPeriod,
    bool TokenNoDefaultPolicy,
    string? AliasNameSource);
