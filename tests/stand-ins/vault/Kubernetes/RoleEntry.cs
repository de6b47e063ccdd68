using DotMac.StandIns.Vault.Tokens;

namespace DotMac.StandIns.Vault.Kubernetes;

/// <summary>A role of <c>auth/kubernetes</c>.</summary>
internal sealed record RoleEntry
{
    public IReadOnlyList<string> Names { get; init; } = [];

    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public string Audience { get; init; } = string.Empty;

    public IReadOnlyList<string> Policies { get; init; } = [];

    public TokenTerms Terms { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public bool NoDefaultPolicy { get; init; }

    public string AliasNameSource { get; init; } = "serviceaccount_uid";
}
