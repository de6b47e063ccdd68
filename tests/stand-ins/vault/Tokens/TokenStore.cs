using System.Collections.Concurrent;
using System.Security.Cryptography;
using DotMac.StandIns.Vault.Core;

namespace DotMac.StandIns.Vault.Tokens;

/// <summary>Tokens, and <c>auth/token</c>. https://developer.hashicorp.com/vault/api-docs/auth/token</summary>
internal sealed class TokenStore(TimeProvider clock, string rootToken, TimeSpan defaultTtl, TimeSpan maximumTtl) : IBackend
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly ConcurrentDictionary<string, TokenEntry> _tokens = new(
        [
            new(rootToken, new TokenEntry
            {
                Id = rootToken,
                Accessor = NewId(string.Empty),
                Policies = ["root"],
                Path = "auth/token/root",
                DisplayName = "root",
                IssuedAt = clock.GetUtcNow(),
            }),
        ],
        StringComparer.Ordinal);

    /// <summary>The terms of a role as they are now; null when there is none any more. Renewals ask.</summary>
    public Func<string, string, TokenTerms?>? TermsOfRole { get; set; }

    public string Type => "token";

    public bool IsOpen(string path) => false;

    public bool Exists(string path) => true;

    /// <summary>A token that is good now; null for others.</summary>
    public TokenEntry? Find(string? id)
    {
        if (string.IsNullOrEmpty(id) || !_tokens.TryGetValue(id, out var token))
        {
            return null;
        }

        if (token.ExpiresAt <= clock.GetUtcNow())
        {
            _tokens.TryRemove(id, out _);
            return null;
        }

        return token;
    }

    public TokenEntry Issue(
        IEnumerable<string> policies,
        TokenTerms terms,
        string path,
        string displayName,
        bool isRenewable = true,
        string? role = null,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var now = clock.GetUtcNow();
        var greatest = terms.MaximumTtl > TimeSpan.Zero && terms.MaximumTtl < maximumTtl ? terms.MaximumTtl : maximumTtl;
        var ttl = terms.Period > TimeSpan.Zero ? terms.Period : terms.Ttl > TimeSpan.Zero ? terms.Ttl : defaultTtl;
        ttl = terms.Period > TimeSpan.Zero || ttl < greatest ? ttl : greatest;
        var token = new TokenEntry
        {
            Id = NewId("hvs."),
            Accessor = NewId(string.Empty),
            Policies = [.. policies.Select(static p => p.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)],
            Path = path,
            DisplayName = displayName,
            IssuedAt = now,
            CreationTtl = ttl,
            MaximumTtl = greatest,
            Period = terms.Period,
            IsRenewable = isRenewable,
            ExpiresAt = now + ttl,
            Role = role,
            Metadata = metadata ?? new Dictionary<string, string>(),
        };
        return _tokens[token.Id] = token;
    }

    public void Revoke(string id) => _tokens.TryRemove(id, out _);

    public Task<Reply> HandleAsync(LogicalRequest request, CancellationToken cancellationToken) => Task.FromResult((request.Path, request.Operation) switch
    {
        ("lookup-self", Operation.Read or Operation.Update) => Reply.Ok(request.Token!.Lookup(clock.GetUtcNow())),
        ("renew-self", Operation.Update) => Renew(request.Token!, request.Time("increment") ?? TimeSpan.Zero),
        ("revoke-self", Operation.Update) => Revoked(request.Token!.Id),
        ("lookup", Operation.Update) => Find(request.Text("token")) is { } token ? Reply.Ok(token.Lookup(clock.GetUtcNow())) : Reply.Error(403, "bad token"),
        ("revoke", Operation.Update) => Revoked(request.Text("token") ?? string.Empty),
        ("revoke-accessor", Operation.Update) => Revoked(_tokens.Values.FirstOrDefault(t => t.Accessor == request.Text("accessor"))?.Id ?? string.Empty),
        ("create", Operation.Update) => Create(request),
        _ => Reply.Error(405, "unsupported operation"),
    });

    private static string NewId(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 24);

    private Reply Revoked(string id)
    {
        Revoke(id);
        return Reply.NoContent;
    }

    private Reply Create(LogicalRequest request)
    {
        var wanted = request.Names("policies") ?? request.Token!.Policies;
        if (!request.Token!.IsRoot && wanted.Except(request.Token.Policies).Any())
        {
            return Reply.Error(400, "child policies must be subset of parent");
        }

        var policies = request.Flag("no_default_policy") == true || wanted.Contains("root") ? wanted : [.. wanted, "default"];
        var token = Issue(
            policies,
            new TokenTerms(request.Time("ttl") ?? TimeSpan.Zero, request.Time("explicit_max_ttl") ?? TimeSpan.Zero, request.Time("period") ?? TimeSpan.Zero),
            "auth/token/create",
            request.Text("display_name") is { Length: > 0 } name ? $"token-{name}" : "token",
            request.Flag("renewable") ?? true);
        return new Reply(200, Auth: token.Auth(clock.GetUtcNow()));
    }

    private Reply Renew(TokenEntry token, TimeSpan increment)
    {
        var now = clock.GetUtcNow();
        if (!token.IsRenewable || token.ExpiresAt is null)
        {
            return Reply.Error(400, "lease is not renewable");
        }

        var terms = new TokenTerms(token.CreationTtl, token.MaximumTtl, token.Period);
        if (token.Role is { } role)
        {
            if (TermsOfRole?.Invoke(token.Path, role) is not { } ofRole)
            {
                return Reply.Error(400, $"role {role} does not exist during renewal");
            }

            terms = ofRole;
        }

        var greatest = terms.MaximumTtl > TimeSpan.Zero && terms.MaximumTtl < maximumTtl ? terms.MaximumTtl : maximumTtl;
        IReadOnlyList<string>? warnings = null;
        TimeSpan ttl;
        if (terms.Period > TimeSpan.Zero)
        {
            ttl = terms.Period;
        }
        else
        {
            ttl = increment > TimeSpan.Zero ? increment : terms.Ttl > TimeSpan.Zero ? terms.Ttl : defaultTtl;
            var left = token.IssuedAt + greatest - now;
            if (left <= TimeSpan.Zero)
            {
                return Reply.Error(400, "past the max TTL, cannot renew");
            }

            if (ttl > left)
            {
                warnings = [$"TTL of \"{Duration.Text(ttl)}\" exceeded the effective max_ttl of \"{Duration.Text(left)}\"; TTL value is capped accordingly"];
                ttl = left;
            }
        }

        token.ExpiresAt = now + ttl;
        return new Reply(200, Auth: token.Auth(now), Warnings: warnings);
    }
}
