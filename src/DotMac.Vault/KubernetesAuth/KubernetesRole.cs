namespace DotMac.Vault.KubernetesAuth;

/// <summary>Which service accounts may log in, and what they get. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#create-update-role</summary>
public sealed record KubernetesRole
{
    /// <summary>The service accounts' names; <c>*</c> alone for all.</summary>
    public required IReadOnlyList<string> ServiceAccountNames { get; init; }

    /// <summary>The service accounts' namespaces; <c>*</c> alone for all.</summary>
    public required IReadOnlyList<string> ServiceAccountNamespaces { get; init; }

    /// <summary>An audience that the service account's token must have been made for; null for any. Newer versions of Vault warn without one.</summary>
    public string? Audience { get; init; }

    /// <summary>The policies of the tokens issued.</summary>
    public IReadOnlyList<string> TokenPolicies { get; init; } = [];

    /// <summary>How long a token lives unless renewed; zero: as Vault is configured.</summary>
    public TimeSpan TokenTtl { get; init; }

    /// <summary>How long a token lives however often it is renewed; zero: as Vault is configured.</summary>
    public TimeSpan TokenMaxTtl { get; init; }

    /// <summary>When set, tokens live for ever as long as they are renewed within this time.</summary>
    public TimeSpan TokenPeriod { get; init; }

    /// <summary>Whether tokens go without Vault's <c>default</c> policy, and so without looking themselves up.</summary>
    public bool TokenNoDefaultPolicy { get; init; }

    /// <summary>What Vault calls the one who logs in.</summary>
    public AliasNameSource AliasNameSource { get; init; }

    /// <summary>Whether another role says the same, in whatever order: whether a write would change nothing.</summary>
    public bool IsSameAs(KubernetesRole? other) =>
        other is not null
        && Set(ServiceAccountNames).SetEquals(other.ServiceAccountNames)
        && Set(ServiceAccountNamespaces).SetEquals(other.ServiceAccountNamespaces)
        && Set(TokenPolicies).SetEquals(other.TokenPolicies)
        && (Audience ?? string.Empty) == (other.Audience ?? string.Empty)
        && TokenTtl == other.TokenTtl
        && TokenMaxTtl == other.TokenMaxTtl
        && TokenPeriod == other.TokenPeriod
        && TokenNoDefaultPolicy == other.TokenNoDefaultPolicy
        && AliasNameSource == other.AliasNameSource;

    private static HashSet<string> Set(IReadOnlyList<string> names) => new(names, StringComparer.Ordinal);
}
