using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.KeyValue;
using DotMac.StandIns.Vault.Kubernetes;
using DotMac.StandIns.Vault.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace DotMac.StandIns.Vault.Core;

/// <summary>Takes requests in: is it unsealed, is it active, whose token, may it, who answers.</summary>
internal sealed class VaultCore
{
    private const int Kept = 10_000;
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly VaultStandInOptions _options;
    private readonly ConcurrentQueue<AuditEntry> _audit = new();

    public VaultCore(VaultStandInOptions options, string rootToken, string unsealKey)
    {
        _options = options;
        UnsealKey = unsealKey;
        Tokens = new TokenStore(options.Clock, rootToken, options.DefaultTtl, options.MaximumTtl)
        {
            TermsOfRole = (path, role) => path.EndsWith("/login", StringComparison.Ordinal) && Mounts.TryGetValue(path[..^"login".Length], out var backend)
                ? (backend as KubernetesAuthMethod)?.Terms(role)
                : null,
        };
        Sys = new SystemBackend(this);
        Mounts["sys/"] = Sys;
        Mounts["auth/token/"] = Tokens;
        foreach (var mount in options.KeyValueMounts)
        {
            Mounts[mount + "/"] = NewKeyValue();
        }

        foreach (var mount in options.KubernetesMounts)
        {
            Mounts[$"auth/{mount}/"] = NewKubernetes(mount);
        }
    }

    public ConcurrentDictionary<string, IBackend> Mounts { get; } = new(StringComparer.Ordinal);

    public TokenStore Tokens { get; }

    public SystemBackend Sys { get; }

    public string UnsealKey { get; }

    public bool IsSealed { get; set; }

    public NodeRole Role { get; set; }

    public Uri? ActiveNode { get; set; }

    public ConcurrentQueue<PreparedAnswer> Prepared { get; } = new();

    public IReadOnlyList<AuditEntry> Audit => [.. _audit];

    public KeyValueEngine NewKeyValue() => new(_options.Clock);

    public KubernetesAuthMethod NewKubernetes(string mount) => new(mount, Tokens, _options.Clock, _options.TokenReviewer ?? OfOptions(), Pod());

    public async Task HandleAsync(HttpContext http)
    {
        // Kestrel leaves %2F as it is, Vault's server does not.
        var path = (http.Request.Path.Value ?? string.Empty).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).TrimStart('/');
        var token = Tokens.Find(TokenOf(http.Request));
        try
        {
            if (!path.StartsWith("v1/", StringComparison.Ordinal))
            {
                await WriteAsync(http, Reply.NotFound);
                return;
            }

            path = path["v1/".Length..];
            if (path.Split('/').Contains(".."))
            {
                await WriteAsync(http, Reply.Error(400, "path cannot contain parent references"));
            }
            else if (path == "sys/health")
            {
                await WriteAsync(http, Health(http.Request));
            }
            else if (Prepared.TryDequeue(out var prepared))
            {
                http.Response.StatusCode = prepared.Status;
                http.Response.Headers.RetryAfter = prepared.RetryAfter;
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(prepared.Body);
            }
            else if (Role is NodeRole.Standby or NodeRole.PerformanceStandby or NodeRole.DisasterRecoverySecondary && !IsSealed && ActiveNode is { } active && path is not ("sys/seal-status" or "sys/leader"))
            {
                http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                http.Response.Headers.Location = new Uri(active, http.Request.GetEncodedPathAndQuery()).AbsoluteUri;
            }
            else
            {
                await WriteAsync(http, await AnswerAsync(http, path, token));
            }
        }
        finally
        {
            _audit.Enqueue(new AuditEntry(
                http.Request.Method,
                path + http.Request.QueryString.Value,
                http.Response.StatusCode,
                token?.DisplayName ?? string.Empty,
                http.Request.Headers["X-Vault-Namespace"].ToString()));
            while (_audit.Count > Kept)
            {
                _audit.TryDequeue(out _);
            }
        }
    }

    /// <summary>Lets a backend answer as if root had asked: for tests that prepare what is there.</summary>
    public async Task<Reply> AsRootAsync(Operation operation, string path, JsonObject body)
    {
        var (prefix, backend) = Route(path) ?? throw new ArgumentException($"nothing is mounted at {path}", nameof(path));
        return await backend.HandleAsync(new LogicalRequest(operation, path[prefix.Length..], body, QueryCollection.Empty, null), CancellationToken.None);
    }

    private static string? TokenOf(HttpRequest request)
    {
        if (request.Headers["X-Vault-Token"].ToString() is { Length: > 0 } token)
        {
            return token;
        }

        return request.Headers.Authorization.ToString() is { } bearer && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer["Bearer ".Length..].Trim() : null;
    }

    private static async Task WriteAsync(HttpContext http, Reply reply)
    {
        http.Response.StatusCode = reply.Status;
        if (reply.Status == 204)
        {
            return;
        }

        JsonObject body;
        if (reply.Errors is { } errors)
        {
            body = new JsonObject { ["errors"] = Reply.Array(errors) };
            if (reply.Warnings is { } beside)
            {
                body["warnings"] = Reply.Array(beside);
            }
        }
        else
        {
            body = reply.Plain ?? new JsonObject
            {
                ["request_id"] = Guid.NewGuid().ToString(),
                ["lease_id"] = string.Empty,
                ["renewable"] = false,
                ["lease_duration"] = 0,
                ["data"] = reply.Data,
                ["wrap_info"] = null,
                ["warnings"] = reply.Warnings is { } warnings ? Reply.Array(warnings) : null,
                ["auth"] = reply.Auth,
            };
        }

        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.WriteAsync(body.ToJsonString(Json));
        }
    }

    private static Operation? OperationOf(HttpRequest request) => request.Method switch
    {
        "GET" => request.Query["list"].FirstOrDefault() is "true" or "1" ? Operation.List : Operation.Read,
        "LIST" => Operation.List,
        "POST" or "PUT" => Operation.Update,
        "PATCH" => Operation.Patch,
        "DELETE" => Operation.Delete,
        _ => null,
    };

    private static async Task<JsonObject?> BodyAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        try
        {
            return string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TokenReviewer? OfOptions() =>
        _options.KubernetesHost is not { } host ? null : ApiServerReviewer.Create(host, _options.KubernetesCertificateAuthority, Pod().Token);

    private LocalPod Pod() =>
        new(_options.KubernetesCertificateAuthority, () => _options.TokenReviewerFile is { } file ? File.ReadAllText(file).Trim() : null);

    private async Task<Reply> AnswerAsync(HttpContext http, string path, TokenEntry? token)
    {
        var body = await BodyAsync(http.Request);
        if (body is null)
        {
            return Reply.Error(400, "failed to parse JSON input: invalid character");
        }

        switch (path)
        {
            case "sys/seal-status":
                return SealStatus();
            case "sys/unseal":
                return Unseal(body);
            case "sys/init" when http.Request.Method == "GET":
                return new Reply(200, Plain: new JsonObject { ["initialized"] = Role != NodeRole.Uninitialized });
            case "sys/leader":
                return new Reply(200, Plain: new JsonObject { ["ha_enabled"] = ActiveNode is not null, ["is_self"] = Role == NodeRole.Active, ["leader_address"] = ActiveNode?.AbsoluteUri });
        }

        if (IsSealed || Role == NodeRole.Uninitialized)
        {
            return Reply.Error(503, "Vault is sealed");
        }

        if (OperationOf(http.Request) is not { } operation)
        {
            return Reply.Error(405, "unsupported operation");
        }

        if (operation == Operation.List && !path.EndsWith('/'))
        {
            path += "/";
        }

        var route = Route(path);
        if (route is { } open && open.Backend.IsOpen(path[open.Prefix.Length..]))
        {
            return await open.Backend.HandleAsync(new LogicalRequest(operation, path[open.Prefix.Length..], body, http.Request.Query, null), http.RequestAborted);
        }

        if (token is null)
        {
            return string.IsNullOrEmpty(TokenOf(http.Request)) || !_options.TellsInvalidTokens
                ? Reply.PermissionDenied
                : Reply.Error(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n");
        }

        if (operation == Operation.Update && route is { } there && !there.Backend.Exists(path[there.Prefix.Length..]))
        {
            operation = Operation.Create;
        }

        var needsSudo = path.StartsWith("sys/", StringComparison.Ordinal) && SystemBackend.NeedsSudo(path["sys/".Length..]);
        if (!token.IsRoot && !Sys.AccessOf(token.Policies).Allows(operation, path, needsSudo))
        {
            // Vault words it as a list of one.
            return Reply.Error(403, "1 error occurred:\n\t* permission denied\n\n");
        }

        if (route is not { } target)
        {
            return Reply.Error(404, $"no handler for route \"{path}\". route entry not found.");
        }

        try
        {
            return await target.Backend.HandleAsync(new LogicalRequest(operation, path[target.Prefix.Length..], body, http.Request.Query, token), http.RequestAborted);
        }
        catch (FormatException e)
        {
            return Reply.Error(400, e.Message);
        }
    }

    private (string Prefix, IBackend Backend)? Route(string path)
    {
        var prefix = Mounts.Keys.Where(p => path.StartsWith(p, StringComparison.Ordinal)).MaxBy(static p => p.Length);
        return prefix is null ? null : (prefix, Mounts[prefix]);
    }

    private Reply Health(HttpRequest request)
    {
        int Code(string name, int standard) =>
            int.TryParse(request.Query[name].FirstOrDefault(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var code) ? code : standard;

        bool Ok(string name) => request.Query.TryGetValue(name, out var value) && value.ToString() is "" or "true" or "1";

        var isInitialized = Role != NodeRole.Uninitialized;
        var isStandby = Role is NodeRole.Standby or NodeRole.PerformanceStandby;
        var status = !isInitialized ? Code("uninitcode", 501)
            : IsSealed ? Code("sealedcode", 503)
            : Role == NodeRole.DisasterRecoverySecondary ? Code("drsecondarycode", 472)
            : Role == NodeRole.PerformanceStandby ? (Ok("perfstandbyok") ? Code("activecode", 200) : Code("performancestandbycode", 473))
            : Role == NodeRole.Standby ? (Ok("standbyok") ? Code("activecode", 200) : Code("standbycode", 429))
            : Code("activecode", 200);
        var body = new JsonObject
        {
            ["initialized"] = isInitialized,
            ["sealed"] = IsSealed || !isInitialized,
            ["standby"] = isStandby || IsSealed || !isInitialized,
            ["performance_standby"] = Role == NodeRole.PerformanceStandby,
            ["replication_performance_mode"] = "disabled",
            ["replication_dr_mode"] = Role == NodeRole.DisasterRecoverySecondary ? "secondary" : "disabled",
            ["server_time_utc"] = _options.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["version"] = "1.20.0",
        };
        if (!IsSealed && isInitialized)
        {
            body["cluster_name"] = "stand-in";
            body["cluster_id"] = "00000000-0000-0000-0000-000000000000";
        }

        return new Reply(status, Plain: body);
    }

    private Reply SealStatus() => new(200, Plain: new JsonObject
    {
        ["type"] = "shamir",
        ["initialized"] = Role != NodeRole.Uninitialized,
        ["sealed"] = IsSealed,
        ["t"] = 1,
        ["n"] = 1,
        ["progress"] = 0,
        ["version"] = "1.20.0",
    });

    private Reply Unseal(JsonObject body)
    {
        if (Role == NodeRole.Uninitialized)
        {
            return Reply.Error(400, "Vault is not initialized");
        }

        if (body["reset"]?.ToString() != "true")
        {
            if (body["key"]?.ToString() != UnsealKey)
            {
                return Reply.Error(400, "'key' must be a valid hex or base64 string");
            }

            IsSealed = false;
        }

        return SealStatus();
    }
}
