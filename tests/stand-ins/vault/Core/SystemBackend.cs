using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Hcl;
using DotMac.StandIns.Vault.Policies;

namespace DotMac.StandIns.Vault.Core;

/// <summary>The part of <c>sys/</c> that needs a token: policies, mounts. https://developer.hashicorp.com/vault/api-docs/system</summary>
internal sealed class SystemBackend(VaultCore core) : IBackend
{
    private const string Acl = "policies/acl/";

    private const string DefaultPolicy = """
        # What a token may do to itself.
        path "auth/token/lookup-self" { capabilities = ["read"] }
        path "auth/token/renew-self" { capabilities = ["update"] }
        path "auth/token/revoke-self" { capabilities = ["update"] }
        path "sys/capabilities-self" { capabilities = ["update"] }
        """;

    private readonly ConcurrentDictionary<string, (string Text, IReadOnlyList<PolicyRule> Rules)> _policies = new(
        [new("default", (DefaultPolicy, PolicyText.Parse(DefaultPolicy)))], StringComparer.Ordinal);

    public string Type => "system";

    public bool IsOpen(string path) => false;

    public bool Exists(string path) => true;

    /// <summary>Whether only root and <c>sudo</c> may use a path below <c>sys/</c>.</summary>
    public static bool NeedsSudo(string path) => path == "seal" || path.StartsWith("auth/", StringComparison.Ordinal);

    /// <summary>What policies allow together; unknown ones allow nothing.</summary>
    public AccessControl AccessOf(IEnumerable<string> policies) =>
        new(policies.SelectMany(name => _policies.TryGetValue(name, out var policy) ? policy.Rules : []));

    public Task<Reply> HandleAsync(LogicalRequest request, CancellationToken cancellationToken) => Task.FromResult(Handle(request));

    /// <summary>Writes a policy.</summary>
    /// <exception cref="HclException">It is none.</exception>
    public void WritePolicy(string name, string text) => _policies[name.ToLowerInvariant()] = (text, PolicyText.Parse(text));

    private Reply Handle(LogicalRequest request)
    {
        var (path, operation) = (request.Path, request.Operation);
        if (path is Acl or "policies/acl" && operation == Operation.List)
        {
            return Reply.Keys([.. _policies.Keys, "root"]);
        }

        if (path.StartsWith(Acl, StringComparison.Ordinal) && path.Length > Acl.Length)
        {
            var name = path[Acl.Length..].ToLowerInvariant();
            return operation switch
            {
                Operation.Read => name == "root" ? Policy(name, string.Empty) : _policies.TryGetValue(name, out var policy) ? Policy(name, policy.Text) : Reply.NotFound,
                Operation.Update => WritePolicy(name, request),
                Operation.Delete => DeletePolicy(name),
                _ => Reply.Error(405, "unsupported operation"),
            };
        }

        return (path, operation) switch
        {
            ("seal", Operation.Update) => Seal(),
            ("mounts", Operation.Read) => Mounts(string.Empty),
            ("auth", Operation.Read) => Mounts("auth/"),
            ("capabilities-self", Operation.Update) => CapabilitiesOf(request),
            _ when path.StartsWith("mounts/", StringComparison.Ordinal) && operation == Operation.Update =>
                request.Text("type") == "kv" || request.Text("type") == "kv-v2" ? Mount(path["mounts/".Length..], core.NewKeyValue) : Reply.Error(400, "this stand-in mounts kv alone"),
            _ when path.StartsWith("auth/", StringComparison.Ordinal) && operation == Operation.Update =>
                request.Text("type") == "kubernetes" ? Mount(path, () => core.NewKubernetes(path["auth/".Length..].TrimEnd('/'))) : Reply.Error(400, "this stand-in mounts kubernetes alone"),
            _ => Reply.Error(404, $"unsupported path \"sys/{path}\""),
        };
    }

    private static Reply Policy(string name, string text) => Reply.Ok(new JsonObject { ["name"] = name, ["policy"] = text });

    private static string Decoded(string text)
    {
        // Vault takes a policy in base64 too.
        var buffer = new byte[text.Length];
        return text.Length > 0 && !text.Contains('{', StringComparison.Ordinal) && Convert.TryFromBase64String(text, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : text;
    }

    private Reply WritePolicy(string name, LogicalRequest request)
    {
        if (name == "root")
        {
            return Reply.Error(400, "cannot update \"root\" policy");
        }

        if (request.Text("policy") is not { Length: > 0 } text)
        {
            return Reply.Error(400, "'policy' parameter not supplied or empty");
        }

        try
        {
            WritePolicy(name, Decoded(text));
            return Reply.NoContent;
        }
        catch (HclException e)
        {
            return Reply.Error(400, $"failed to parse policy: {e.Message}");
        }
    }

    private Reply DeletePolicy(string name)
    {
        if (name is "root" or "default")
        {
            return Reply.Error(400, $"cannot delete \"{name}\" policy");
        }

        _policies.TryRemove(name, out _);
        return Reply.NoContent;
    }

    private Reply Seal()
    {
        core.IsSealed = true;
        return Reply.NoContent;
    }

    private Reply Mount(string path, Func<IBackend> backend)
    {
        var prefix = path.TrimEnd('/') + "/";
        return core.Mounts.TryAdd(prefix, backend()) ? Reply.NoContent : Reply.Error(400, $"path is already in use at {prefix}");
    }

    private Reply Mounts(string below)
    {
        var mounts = new JsonObject();
        foreach (var (prefix, backend) in core.Mounts.Where(m => m.Key.StartsWith("auth/", StringComparison.Ordinal) == (below.Length > 0)))
        {
            mounts[prefix[below.Length..]] = new JsonObject { ["type"] = backend.Type, ["options"] = backend.Type == "kv" ? new JsonObject { ["version"] = "2" } : null };
        }

        return Reply.Ok(mounts);
    }

    private Reply CapabilitiesOf(LogicalRequest request)
    {
        var access = AccessOf(request.Token!.Policies);
        var answer = new JsonObject();
        foreach (var path in request.Names("paths") ?? request.Names("path") ?? [])
        {
            var allowed = access.On(path, isList: true);
            answer[path] = request.Token.IsRoot ? Reply.Array(["root"])
                : allowed == Capabilities.None || allowed.HasFlag(Capabilities.Deny) ? Reply.Array(["deny"])
                : Reply.Array(Enum.GetValues<Capabilities>().Where(c => c != Capabilities.None && allowed.HasFlag(c)).Select(static c => c.ToString().ToLowerInvariant()));
        }

        return Reply.Ok(answer);
    }
}
