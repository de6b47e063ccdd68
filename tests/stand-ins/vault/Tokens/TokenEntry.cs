using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Core;

namespace DotMac.StandIns.Vault.Tokens;

/// <summary>A token.</summary>
internal sealed class TokenEntry
{
    public required string Id { get; init; }

    public required string Accessor { get; init; }

    public required IReadOnlyList<string> Policies { get; init; }

    public required string Path { get; init; }

    public required string DisplayName { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>How long it was to live when it was issued; zero for ever.</summary>
    public TimeSpan CreationTtl { get; set; }

    /// <summary>How long it lives however often it is renewed; zero: as long as the system says.</summary>
    public TimeSpan MaximumTtl { get; init; }

    public TimeSpan Period { get; init; }

    public bool IsRenewable { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The role of <c>auth/kubernetes</c> that decides about renewals; null for other tokens.</summary>
    public string? Role { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public bool IsRoot => Policies.Contains("root");

    public JsonObject MetadataJson()
    {
        var json = new JsonObject();
        foreach (var (key, value) in Metadata)
        {
            json[key] = value;
        }

        return json;
    }

    /// <summary>The token as logins and renewals answer it.</summary>
    public JsonObject Auth(DateTimeOffset now) => new()
    {
        ["client_token"] = Id,
        ["accessor"] = Accessor,
        ["policies"] = Reply.Array(Policies),
        ["token_policies"] = Reply.Array(Policies),
        ["metadata"] = MetadataJson(),
        ["lease_duration"] = ExpiresAt is { } end ? (long)Math.Ceiling((end - now).TotalSeconds) : 0,
        ["renewable"] = IsRenewable,
        ["entity_id"] = string.Empty,
        ["token_type"] = "service",
        ["orphan"] = true,
        ["mfa_requirement"] = null,
        ["num_uses"] = 0,
    };

    /// <summary>The token as a lookup answers it.</summary>
    public JsonObject Lookup(DateTimeOffset now) => new()
    {
        ["accessor"] = Accessor,
        ["creation_time"] = IssuedAt.ToUnixTimeSeconds(),
        ["creation_ttl"] = (long)CreationTtl.TotalSeconds,
        ["display_name"] = DisplayName,
        ["entity_id"] = string.Empty,
        ["expire_time"] = ExpiresAt is { } end ? Duration.Text(end) : null,
        ["explicit_max_ttl"] = 0,
        ["id"] = Id,
        ["issue_time"] = Duration.Text(IssuedAt),
        ["meta"] = MetadataJson(),
        ["num_uses"] = 0,
        ["orphan"] = true,
        ["path"] = Path,
        ["period"] = (long)Period.TotalSeconds,
        ["policies"] = Reply.Array(Policies),
        ["renewable"] = IsRenewable,
        ["ttl"] = ExpiresAt is { } last ? (long)Math.Max(0, Math.Ceiling((last - now).TotalSeconds)) : 0,
        ["type"] = "service",
    };
}
