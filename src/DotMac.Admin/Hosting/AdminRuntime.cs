using DotMac.Admin.Access;
using DotMac.Admin.Callers;
using DotMac.Admin.Configuration;
using DotMac.Admin.Tenants;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Vault.Client;
using DotMac.Vault.Sessions;

namespace DotMac.Admin.Hosting;

/// <summary>The connections and caches that everything else stands on.</summary>
internal sealed class AdminRuntime : IDisposable
{
    // A watch is silent for minutes where nothing happens, but for the server's bookmarks, which come every minute or so.
    private static readonly TimeSpan SilentFor = TimeSpan.FromMinutes(15);

    private readonly KubernetesClient _client;
    private readonly SharedInformerFactory _informers;
    private readonly TimeProvider _clock;
    private volatile bool _isReady;

    public AdminRuntime(AdminOptions options, KubernetesClientConfiguration configuration, ILoggerFactory logs, TimeProvider clock)
    {
        _clock = clock;
        configuration = configuration with { UserAgent = "dotmac-admin" };
        _client = new KubernetesClient(configuration, ResourceJson.Options);
        Clients = new CallerClients(configuration with { RequestTimeout = TimeSpan.FromSeconds(10) }, ResourceJson.Options);
        _informers = new SharedInformerFactory(_client, logs.CreateLogger<SharedInformerFactory>());
        Caches = new AdminCaches(_informers);
        Tokens = new TokenReviewer(_client, options.TokenCache, clock);
        Access = new AccessReviewer(_client, options.AccessCache, clock);
        if (options.Vault.Address is { } address)
        {
            Vault = VaultClient.WithKubernetesLogin(
                new VaultClientOptions { Address = address, Namespace = options.Vault.Namespace, CertificateAuthorityFile = options.Vault.CertificateAuthorityFile },
                new KubernetesLoginOptions { Role = options.Vault.Role, Mount = AuthMount(options.Vault.AuthPath), TokenFile = options.Vault.TokenFile },
                clock,
                logs.CreateLogger<VaultSession>());
        }
    }

    /// <summary>The service's own client: it reads, and asks who may what.</summary>
    public IKubernetesClient Client => _client;

    /// <summary>Clients that speak for callers.</summary>
    public CallerClients Clients { get; }

    /// <summary>What is watched.</summary>
    public AdminCaches Caches { get; }

    /// <summary>Whose tokens are.</summary>
    public TokenReviewer Tokens { get; }

    /// <summary>Who may what.</summary>
    public AccessReviewer Access { get; }

    /// <summary>Vault; null when there is none.</summary>
    public VaultClient? Vault { get; }

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = _informers.Informers.Select(informer => informer.RunAsync(cancellationToken)).ToList();
        var synced = Task.WhenAll(_informers.Informers.Select(static informer => informer.Synced));
        await Task.WhenAny(synced, Task.WhenAll(running));
        _isReady = synced.IsCompletedSuccessfully;
        await Task.WhenAll(running);
    }

    /// <summary>What is wrong beyond repair, or null: restarting may help.</summary>
    public string? Unhealthy()
    {
        var now = _clock.GetUtcNow();
        return _isReady && _informers.Informers.FirstOrDefault(informer => now - informer.LastContact > SilentFor) is { } silent
            ? $"the watch of {silent.Type} has heard nothing from the API server since {silent.LastContact:u}"
            : null;
    }

    /// <summary>What is not there yet, or null.</summary>
    public string? NotReady() => _isReady ? Unhealthy() : "the caches are not in sync yet";

    public void Dispose()
    {
        Clients.Dispose();
        _client.Dispose();
        Vault?.Dispose();
        Tokens.Dispose();
        Access.Dispose();
    }

    private static string AuthMount(string path) => path.StartsWith("auth/", StringComparison.Ordinal) ? path["auth/".Length..] : path;
}
