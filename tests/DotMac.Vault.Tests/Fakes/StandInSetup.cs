using System.Text.Json.Nodes;
using DotMac.StandIns.Vault;
using DotMac.Testing.Time;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Sessions;

namespace DotMac.Vault.Tests.Fakes;

/// <summary>A stand-in with a role, a policy and a secret, and clients of it, on a clock that stands still.</summary>
internal sealed class StandInSetup : IAsyncDisposable
{
    public const string Policy = """
        path "secret/data/tenants/acme/*" { capabilities = ["read"] }
        path "secret/metadata/tenants/*" { capabilities = ["read", "list"] }
        path "secret/subkeys/tenants/*" { capabilities = ["read"] }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-vault-");

    private StandInSetup(VaultStandIn vault, ManualTimeProvider clock)
    {
        Vault = vault;
        Clock = clock;
        TokenFile = System.IO.Path.Combine(_directory.FullName, "token");

        // Without a deadline: the clock, when moved, must not end a request that is under way.
        Options = new VaultClientOptions { Address = vault.Address, MaximumRetries = 0, RequestTimeout = Timeout.InfiniteTimeSpan };
        Root = VaultClient.WithToken(Options, new VaultToken(vault.RootToken), clock);
    }

    public VaultStandIn Vault { get; }

    public ManualTimeProvider Clock { get; }

    public VaultClientOptions Options { get; }

    public VaultClient Root { get; }

    public string TokenFile { get; }

    public string Folder => _directory.FullName;

    /// <summary>How often somebody logged in, successfully or not.</summary>
    public int Logins => Vault.Audit.Count(static e => e.Path == "auth/kubernetes/login");

    /// <summary>How often a token was renewed, successfully or not.</summary>
    public int Renewals => Vault.Audit.Count(static e => e.Path == "auth/token/renew-self");

    public static async Task<StandInSetup> CreateAsync(Func<VaultStandInOptions, VaultStandInOptions>? change = null)
    {
        var clock = new ManualTimeProvider();
        var options = new VaultStandInOptions { Clock = clock, TokenReviewer = ServiceAccountToken.ReviewAsync };
        var setup = new StandInSetup(await VaultStandIn.StartAsync(change?.Invoke(options) ?? options), clock);
        setup.Vault.WritePolicy("reader", Policy);
        await setup.WriteRoleAsync();
        await setup.Vault.WriteSecretAsync("tenants/acme/twilio", new Dictionary<string, string> { ["account_sid"] = "AC1", ["auth_token"] = "t0p-s3cret" });
        await System.IO.File.WriteAllTextAsync(setup.TokenFile, ServiceAccountToken.For("system", "operator") + "\n");
        return setup;
    }

    public Task WriteRoleAsync(int ttl = 3600, int maxTtl = 0, int period = 0) => Vault.WriteRoleAsync("operator", new JsonObject
    {
        ["bound_service_account_names"] = new JsonArray("operator"),
        ["bound_service_account_namespaces"] = new JsonArray("system"),
        ["audience"] = "vault",
        ["token_policies"] = new JsonArray("reader"),
        ["token_ttl"] = ttl,
        ["token_max_ttl"] = maxTtl,
        ["token_period"] = period,
    });

    public VaultClient Login(Microsoft.Extensions.Logging.ILogger<VaultSession>? logger = null, string role = "operator") =>
        VaultClient.WithKubernetesLogin(Options, new KubernetesLoginOptions { Role = role, TokenFile = TokenFile }, Clock, logger);

    public VaultClient As(string token) => VaultClient.WithToken(Options, new VaultToken(token), Clock);

    public async ValueTask DisposeAsync()
    {
        Root.Dispose();
        await Vault.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
