using System.Net;
using DotMac.Operator.Configuration;
using DotMac.Operator.Secrets;
using DotMac.Plugins.Contract.References;
using DotMac.StandIns.Vault;
using DotMac.StandIns.Vault.Kubernetes;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;

namespace DotMac.Operator.Tests.Support;

/// <summary>A Vault with a tenant's secrets, and the operator's client of it, which may do what <c>config/vault/operator-policy.hcl</c> says and no more.</summary>
internal sealed class VaultSetup : IAsyncDisposable
{
    public const string Cluster = "0c8a7e54-cluster-one";

    /// <summary>What no message, log or request of the operator may ever hold.</summary>
    public const string Canary = "canary-5d0fe1";

    private readonly HttpClient _http = new();
    private readonly List<IDisposable> _clients = [];
    private int _seen;

    private VaultSetup(VaultStandIn server, ManualTimeProvider clock, VaultOptions options)
    {
        (Server, Clock, Options) = (server, clock, options);
        Server.WritePolicy("dotmac-operator", OperatorPolicy);
        OperatorToken = Server.IssueToken(null, "dotmac-operator");
        Root = As(server.RootToken);
        Operator = As(OperatorToken);
        Access = Create();
    }

    public static string OperatorPolicy => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "config", "vault", "operator-policy.hcl"));

    public VaultStandIn Server { get; }

    public ManualTimeProvider Clock { get; }

    public VaultOptions Options { get; }

    public VaultClient Root { get; }

    public VaultClient Operator { get; }

    public string OperatorToken { get; }

    public PluginVault Access { get; }

    public TestLogger<PluginVault> Log { get; } = new();

    public static async Task<VaultSetup> StartAsync(VaultOptions? options = null)
    {
        var clock = new ManualTimeProvider(Given.Now);
        var setup = new VaultSetup(
            await VaultStandIn.StartAsync(new VaultStandInOptions { Clock = clock, TokenReviewer = ReviewAsync }), clock, options ?? new VaultOptions());
        await setup.WriteAsync("tenants/acme/twilio", "auth_token", "account_sid");
        await setup.WriteAsync("tenants/acme/shared/keys", "value");
        await setup.WriteAsync("tenants/globex/twilio", "auth_token");
        setup.Asked();
        return setup;
    }

    /// <summary>What a plugin wants whose config refers to these, <c>twilio/auth_token</c> for example.</summary>
    public static PluginAccess Wants(params string[] references) => new(
        Given.Namespace, "twilio", Given.Tenant, Located(references), OwnRole: null, AuthMount: "kubernetes");

    /// <summary>The references as they stand in a config: one field a reference, <c>f0</c>, <c>f1</c> and so on.</summary>
    public static IReadOnlyList<LocatedReference> Located(params string[] references) =>
        ConfigReferences.Scan(Given.Json($"{{{string.Join(',', references.Select(static (r, i) => $"\"f{i}\":\"${{vault:{r}}}\""))}}}")).References;

    public VaultClient As(string token)
    {
        // Neither deadline nor repetitions: the clock, when moved, must not end a request, and every request counts.
        var client = VaultClient.WithToken(
            new VaultClientOptions { Address = Server.Address, MaximumRetries = 0, RequestTimeout = Timeout.InfiniteTimeSpan }, new VaultToken(token), Clock);
        _clients.Add(client);
        return client;
    }

    public PluginVault Create(VaultClient? client = null, string cluster = Cluster) => new(client ?? Operator, Options, _ => ValueTask.FromResult(cluster), Clock, Log);

    public Task WriteAsync(string path, params string[] keys) =>
        Server.WriteSecretAsync(path, keys.ToDictionary(static k => k, static _ => Canary));

    /// <summary>What was asked of Vault since this was called last: method and path.</summary>
    public IReadOnlyList<string> Asked()
    {
        var all = Server.Audit;
        var news = all.Skip(_seen).Select(static e => $"{e.Method} {e.Path}").ToList();
        _seen = all.Count;
        return news;
    }

    /// <summary>What was written or deleted since anything was asked for last.</summary>
    public IReadOnlyList<string> Written() => [.. Asked().Where(static e => !e.StartsWith("GET ", StringComparison.Ordinal))];

    /// <summary>What Vault answers somebody with a token.</summary>
    public async Task<HttpStatusCode> AnswerAsync(string method, string path, string token, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.Address, "v1/" + path));
        request.Headers.Add("X-Vault-Token", token);
        request.Content = body is null ? null : new StringContent(body);
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _http.Dispose();
        await Server.DisposeAsync();
    }

    // A service account's token, in this cluster, is its namespace and its name.
    private static Task<TokenReviewOutcome> ReviewAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        Task.FromResult(token.Split('/') is [var ns, var name] && audiences.Contains("vault")
            ? new TokenReviewOutcome(true, $"system:serviceaccount:{ns}:{name}", $"uid-{ns}-{name}")
            : new TokenReviewOutcome(false, Error: "invalid bearer token"));
}
