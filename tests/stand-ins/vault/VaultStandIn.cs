using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Core;
using DotMac.StandIns.Vault.Hcl;
using DotMac.StandIns.Vault.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace DotMac.StandIns.Vault;

/// <summary>
/// Stands in for Vault, and for OpenBao: key-value engines of version 2, the login by service accounts, tokens, policies that are enforced,
/// sealing, standbys. Keeps everything in memory. Not there: other engines and auth methods, response wrapping, identity, quotas by rule, batch
/// tokens, and a namespace's own data: the header is taken and changes nothing.
/// </summary>
public sealed class VaultStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly VaultCore _core;

    /// <summary>Builds it; nothing listens yet.</summary>
    public VaultStandIn(VaultStandInOptions options, params string[] args)
    {
        RootToken = options.RootToken ?? "hvs." + RandomNumberGenerator.GetHexString(24, lowercase: true);
        _core = new VaultCore(options, RootToken, options.UnsealKey ?? RandomNumberGenerator.GetHexString(64, lowercase: true));
        var builder = WebApplication.CreateSlimBuilder(args);
        if (options.ServerCertificate is { } certificate)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        }

        if (options.Urls.Length > 0)
        {
            builder.WebHost.UseUrls(options.Urls.Split(';'));
        }
        else if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(options.ServerCertificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _app = builder.Build();
        _app.Run(_core.HandleAsync);
    }

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>The token that may do everything.</summary>
    public string RootToken { get; }

    /// <summary>The one key that unseals.</summary>
    public string UnsealKey => _core.UnsealKey;

    /// <summary>What was asked, without bodies and tokens, oldest first.</summary>
    public IReadOnlyList<AuditEntry> Audit => _core.Audit;

    /// <summary>Whether it is sealed; set by <c>sys/seal</c> and <c>sys/unseal</c> too.</summary>
    public bool IsSealed
    {
        get => _core.IsSealed;
        set => _core.IsSealed = value;
    }

    /// <summary>What part in a cluster it plays.</summary>
    public NodeRole Role
    {
        get => _core.Role;
        set => _core.Role = value;
    }

    /// <summary>Where a standby sends requests.</summary>
    public Uri? ActiveNode
    {
        get => _core.ActiveNode;
        set => _core.ActiveNode = value;
    }

    /// <summary>Starts one, on a loopback port of its own unless told otherwise.</summary>
    public static async Task<VaultStandIn> StartAsync(VaultStandInOptions? options = null)
    {
        var standIn = new VaultStandIn(options ?? new VaultStandInOptions());
        await standIn._app.StartAsync();
        return standIn;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task RunAsync() => _app.RunAsync();

    /// <summary>Prepares the answer to the next request, once; <c>sys/health</c> is answered as ever.</summary>
    public void AnswerNext(PreparedAnswer answer) => _core.Prepared.Enqueue(answer);

    /// <summary>Answers the next requests as a rate limit quota does.</summary>
    public void RateLimitNext(int requests = 1, string? retryAfter = "1")
    {
        for (var i = 0; i < requests; i++)
        {
            AnswerNext(new PreparedAnswer(429, """{"errors":["request path \"secret\": rate limit quota exceeded"]}""", retryAfter));
        }
    }

    /// <summary>Writes a policy.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public void WritePolicy(string name, string text)
    {
        try
        {
            _core.Sys.WritePolicy(name, text);
        }
        catch (HclException e)
        {
            throw new ArgumentException(e.Message, nameof(text), e);
        }
    }

    /// <summary>Writes a version of a secret.</summary>
    public async Task WriteSecretAsync(string path, IReadOnlyDictionary<string, string> fields, string mount = "secret")
    {
        var data = new JsonObject();
        foreach (var (key, value) in fields)
        {
            data[key] = value;
        }

        Check(await _core.AsRootAsync(Operation.Update, $"{mount}/data/{path}", new JsonObject { ["data"] = data }));
    }

    /// <summary>Writes a role of the login by service accounts.</summary>
    /// <param name="name">The role.</param>
    /// <param name="fields">Its fields, as the API has them.</param>
    /// <param name="mount">Where the login is mounted below <c>auth/</c>.</param>
    public async Task WriteRoleAsync(string name, JsonObject fields, string mount = "kubernetes") =>
        Check(await _core.AsRootAsync(Operation.Update, $"auth/{mount}/role/{name}", fields));

    /// <summary>Issues a token.</summary>
    /// <param name="ttl">How long it lives; as <see cref="VaultStandInOptions.DefaultTtl"/> unless given.</param>
    /// <param name="policies">Its policies, beside <c>default</c>.</param>
    public string IssueToken(TimeSpan? ttl = null, params string[] policies) =>
        _core.Tokens.Issue([.. policies, "default"], new TokenTerms(ttl ?? TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), "auth/token/create", "token-test").Id;

    /// <summary>Ends a token, as an operator would behind its owner's back.</summary>
    public void Revoke(string token) => _core.Tokens.Revoke(token);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Check(Reply reply)
    {
        if (reply.Status >= 300)
        {
            throw new ArgumentException(string.Join("; ", reply.Errors ?? []));
        }
    }
}
