using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Core;
using DotMac.StandIns.Vault.Tokens;

namespace DotMac.StandIns.Vault.Kubernetes;

/// <summary>The login by service accounts' tokens. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes</summary>
internal sealed class KubernetesAuthMethod(string mount, TokenStore tokens, TimeProvider clock, TokenReviewer? reviewer, LocalPod pod) : IBackend
{
    private readonly ConcurrentDictionary<string, RoleEntry> _roles = new(StringComparer.Ordinal);
    private TokenReviewer? _reviewer = reviewer;
    private JsonObject? _configuration;

    public string Type => "kubernetes";

    public bool IsOpen(string path) => path == "login";

    public bool Exists(string path) => !path.StartsWith("role/", StringComparison.Ordinal) || _roles.ContainsKey(path["role/".Length..].ToLowerInvariant());

    public TokenTerms? Terms(string role) => _roles.TryGetValue(role, out var entry) ? entry.Terms : null;

    public async Task<Reply> HandleAsync(LogicalRequest request, CancellationToken cancellationToken)
    {
        var role = request.Path.StartsWith("role/", StringComparison.Ordinal) ? request.Path["role/".Length..].ToLowerInvariant() : null;
        return (request.Path, request.Operation) switch
        {
            ("login", Operation.Create or Operation.Update) => await LoginAsync(request, cancellationToken),
            ("config", Operation.Read) => _configuration is null ? Reply.NotFound : Reply.Ok((JsonObject)_configuration.DeepClone()),
            ("config", Operation.Create or Operation.Update) => Configure(request),
            ("role" or "role/", Operation.List) => Reply.Keys(_roles.Keys),
            (_, Operation.Read) when role is { Length: > 0 } => _roles.TryGetValue(role, out var entry) ? Reply.Ok(Describe(entry)) : Reply.NotFound,
            (_, Operation.Create or Operation.Update) when role is { Length: > 0 } => Write(role, request),
            (_, Operation.Delete) when role is { Length: > 0 } => Remove(role),
            _ => Reply.Error(404, $"unsupported path \"{request.Path}\""),
        };
    }

    private static JsonObject Describe(RoleEntry role)
    {
        var description = new JsonObject
        {
            ["alias_name_source"] = role.AliasNameSource,
            ["bound_service_account_names"] = Reply.Array(role.Names),
            ["bound_service_account_namespaces"] = Reply.Array(role.Namespaces),
            ["bound_service_account_namespace_selector"] = string.Empty,
            ["token_bound_cidrs"] = new JsonArray(),
            ["token_explicit_max_ttl"] = 0,
            ["token_max_ttl"] = (long)role.Terms.MaximumTtl.TotalSeconds,
            ["token_no_default_policy"] = role.NoDefaultPolicy,
            ["token_num_uses"] = 0,
            ["token_period"] = (long)role.Terms.Period.TotalSeconds,
            ["token_policies"] = Reply.Array(role.Policies),
            ["token_ttl"] = (long)role.Terms.Ttl.TotalSeconds,
            ["token_type"] = "default",
        };
        if (role.Audience.Length > 0)
        {
            description["audience"] = role.Audience;
        }

        return description;
    }

    private static bool Fits(IReadOnlyList<string> patterns, string? name) =>
        name is not null && patterns.Any(p => p == "*"
            || p == name
            || (p.StartsWith('*') && p.EndsWith('*') && p.Length > 1 && name.Contains(p[1..^1], StringComparison.Ordinal))
            || (p.EndsWith('*') && name.StartsWith(p[..^1], StringComparison.Ordinal))
            || (p.StartsWith('*') && name.EndsWith(p[1..], StringComparison.Ordinal)));

    private Reply Configure(LogicalRequest request)
    {
        if (!Uri.TryCreate(request.Text("kubernetes_host"), UriKind.Absolute, out var host))
        {
            return Reply.Error(400, "no host provided");
        }

        var jwt = request.Text("token_reviewer_jwt");

        // What is left out is taken from the pod that Vault runs in, unless that is switched off.
        var own = request.Flag("disable_local_ca_jwt") == true ? LocalPod.None : pod;
        _reviewer = ApiServerReviewer.Create(
            host,
            request.Text("kubernetes_ca_cert") is { Length: > 0 } authorities ? authorities : own.Authorities,
            () => string.IsNullOrEmpty(jwt) ? own.Token() : jwt);
        _configuration = new JsonObject
        {
            ["kubernetes_host"] = host.AbsoluteUri,
            ["kubernetes_ca_cert"] = request.Text("kubernetes_ca_cert"),
            ["token_reviewer_jwt_set"] = !string.IsNullOrEmpty(jwt),
            ["disable_iss_validation"] = true,
        };
        return Reply.NoContent;
    }

    private Reply Remove(string role)
    {
        _roles.TryRemove(role, out _);
        return Reply.NoContent;
    }

    private Reply Write(string name, LogicalRequest request)
    {
        var old = _roles.GetValueOrDefault(name) ?? new RoleEntry();
        var role = old with
        {
            Names = request.Names("bound_service_account_names") ?? old.Names,
            Namespaces = request.Names("bound_service_account_namespaces") ?? old.Namespaces,
            Audience = request.Text("audience") ?? old.Audience,
            Policies = request.Names("token_policies") ?? request.Names("policies") ?? old.Policies,
            Terms = new TokenTerms(
                request.Time("token_ttl") ?? request.Time("ttl") ?? old.Terms.Ttl,
                request.Time("token_max_ttl") ?? request.Time("max_ttl") ?? old.Terms.MaximumTtl,
                request.Time("token_period") ?? request.Time("period") ?? old.Terms.Period),
            NoDefaultPolicy = request.Flag("token_no_default_policy") ?? old.NoDefaultPolicy,
            AliasNameSource = request.Text("alias_name_source") is { Length: > 0 } source ? source : old.AliasNameSource,
        };
        var wrong =
            role.Terms.MaximumTtl > TimeSpan.Zero && role.Terms.Ttl > role.Terms.MaximumTtl ? "token ttl should not be greater than token max ttl"
            : role.Names.Count == 0 ? "\"bound_service_account_names\" can not be empty"
            : role.Names.Count > 1 && role.Names.Contains("*") ? "can not mix \"*\" with values"
            : role.Namespaces.Count == 0 ? "\"bound_service_account_namespaces\" can not be empty if \"bound_service_account_namespace_selector\" is not set"
            : role.Namespaces.Count > 1 && role.Namespaces.Contains("*") ? "can not mix \"*\" with values"
            : role.AliasNameSource is not ("serviceaccount_uid" or "serviceaccount_name") ? $"unrecognized alias_name_source \"{role.AliasNameSource}\""
            : null;
        if (wrong is not null)
        {
            return Reply.Error(400, wrong);
        }

        _roles[name] = role;
        return role.Audience.Length > 0
            ? Reply.NoContent
            : new Reply(200, Warnings: ["This role does not specify an audience. In a future version of Vault, specifying an audience will be required."]);
    }

    private async Task<Reply> LoginAsync(LogicalRequest request, CancellationToken cancellationToken)
    {
        if (request.Text("role") is not { Length: > 0 } roleName)
        {
            return Reply.Error(400, "missing role");
        }

        if (request.Text("jwt") is not { Length: > 0 } jwt)
        {
            return Reply.Error(400, "missing jwt");
        }

        roleName = roleName.ToLowerInvariant();
        if (!_roles.TryGetValue(roleName, out var role))
        {
            return Reply.Error(400, $"invalid role name \"{roleName}\"");
        }

        if (_reviewer is null)
        {
            return Reply.Error(500, "could not load backend configuration");
        }

        var claims = JwtClaims.Read(jwt);
        if (claims is not null && role.Audience.Length > 0 && !claims.Audiences.Contains(role.Audience))
        {
            return Reply.Error(403, "invalid audience (aud) claim: audience claim does not match any expected audience");
        }

        if (claims?.Name is not null && Refused(role, claims.Namespace, claims.Name) is { } early)
        {
            return early;
        }

        var review = await _reviewer(jwt, role.Audience.Length > 0 ? [role.Audience] : claims?.Audiences ?? [], cancellationToken);
        var user = review.Username.Split(':');
        if (!review.IsAuthenticated || user is not ["system", "serviceaccount", var serviceNamespace, var name])
        {
            return Reply.PermissionDenied;
        }

        // The API server's word is what counts, whatever the token says of itself.
        if (Refused(role, serviceNamespace, name) is { } refusal)
        {
            return refusal;
        }

        var token = tokens.Issue(
            role.NoDefaultPolicy ? role.Policies : [.. role.Policies, "default"],
            role.Terms,
            $"auth/{mount}/login",
            $"{mount}-{serviceNamespace}-{name}",
            role: roleName,
            metadata: new Dictionary<string, string>
            {
                ["role"] = roleName,
                ["service_account_name"] = name,
                ["service_account_namespace"] = serviceNamespace,
                ["service_account_secret_name"] = string.Empty,
                ["service_account_uid"] = review.Uid,
            });
        return new Reply(200, Auth: token.Auth(clock.GetUtcNow()));
    }

    private static Reply? Refused(RoleEntry role, string? serviceNamespace, string name) =>
        !Fits(role.Names, name) ? Reply.Error(403, "service account name not authorized")
        : !Fits(role.Namespaces, serviceNamespace) ? Reply.Error(403, "namespace not authorized")
        : null;
}
