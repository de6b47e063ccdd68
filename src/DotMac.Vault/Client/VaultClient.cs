using DotMac.Vault.Health;
using DotMac.Vault.KeyValue;
using DotMac.Vault.KubernetesAuth;
using DotMac.Vault.Policies;
using DotMac.Vault.Secrets;
using DotMac.Vault.Sessions;
using DotMac.Vault.Tokens;
using DotMac.Vault.Transport;
using Microsoft.Extensions.Logging;

namespace DotMac.Vault.Client;

/// <summary>The client: HTTP, JSON and nothing else. One instance serves a process. https://developer.hashicorp.com/vault/api-docs</summary>
public sealed class VaultClient : IVaultClient, IDisposable
{
    private readonly VaultTransport _transport;
    private readonly VaultSession? _session;

    /// <summary>A client for the configured Vault.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="tokens">Who we are; null for what needs no token: logins and the health check.</param>
    /// <param name="clock">For waits; the system's unless given.</param>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public VaultClient(VaultClientOptions options, IVaultTokenSource? tokens = null, TimeProvider? clock = null)
        : this(new VaultTransport(options, clock ?? TimeProvider.System), tokens)
    {
    }

    internal VaultClient(VaultTransport transport, IVaultTokenSource? tokens)
    {
        _transport = transport;
        var requests = new VaultRequests(transport, tokens);
        _session = tokens as VaultSession;
        Policies = new PolicyClient(requests);
        Tokens = new TokenClient(requests);
        Health = new HealthClient(transport);
        Requests = requests;
    }

    /// <inheritdoc />
    public IVaultPolicies Policies { get; }

    /// <inheritdoc />
    public IVaultTokens Tokens { get; }

    /// <inheritdoc />
    public IVaultHealth Health { get; }

    /// <summary>The session behind the client; null when it was made with other tokens.</summary>
    public VaultSession? Session => _session;

    private VaultRequests Requests { get; }

    /// <summary>A client with a token that somebody else looks after.</summary>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public static VaultClient WithToken(VaultClientOptions options, VaultToken token, TimeProvider? clock = null) =>
        new(options, new StaticTokenSource(token), clock);

    /// <summary>A client that logs in with a service account's token, once it is used, and stays logged in.</summary>
    /// <param name="options">Where Vault is.</param>
    /// <param name="login">As whom.</param>
    /// <param name="clock">For waits; the system's unless given.</param>
    /// <param name="logger">Told of logins and of what is in their way.</param>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public static VaultClient WithKubernetesLogin(
        VaultClientOptions options,
        KubernetesLoginOptions login,
        TimeProvider? clock = null,
        ILogger<VaultSession>? logger = null) =>
        WithKubernetesLogin(new VaultTransport(options, clock ?? TimeProvider.System), login, clock, logger);

    /// <inheritdoc />
    public IKeyValueStore KeyValue(string mount = "secret") => new KeyValueClient(Requests, VaultPath.Encode(mount, nameof(mount)));

    /// <inheritdoc />
    public IKubernetesAuth KubernetesAuth(string mount = "kubernetes") => new KubernetesAuthClient(Requests, VaultPath.Encode(mount, nameof(mount)));

    /// <inheritdoc />
    public void Dispose()
    {
        _session?.Dispose();
        _transport.Dispose();
    }

    internal static VaultClient WithKubernetesLogin(
        VaultTransport transport,
        KubernetesLoginOptions login,
        TimeProvider? clock,
        ILogger<VaultSession>? logger)
    {
        ArgumentNullException.ThrowIfNull(login);
        var requests = new VaultRequests(transport, tokens: null) { Namespace = login.Namespace };
        var session = new VaultSession(
            new KubernetesAuthClient(requests, VaultPath.Encode(login.Mount, nameof(login))), new TokenClient(requests), login, clock, logger);
        return new VaultClient(transport, session);
    }
}
