using System.Text.Json.Nodes;
using DotMac.StandIns.Vault;
using DotMac.StandIns.Vault.Kubernetes;
using DotMac.Testing;
using DotMac.Testing.Browser;
using DotMac.Testing.Cluster;
using DotMac.Testing.Faults;
using Microsoft.Playwright;

namespace DotMac.Admin.IntegrationTests.Fixture;

/// <summary>A real API server with the definitions, the catalog and the roles; a stand-in of Vault; the service with the rights of config/admin/rbac.yaml.</summary>
public sealed class AdminFixture() : ControlPlaneFixture(new ControlPlaneOptions { ControllerManager = true }), IAsyncLifetime
{
    private const string ServiceAccount = "system:serviceaccount:dotmac-system:dotmac-admin";
    private const string Jwt = "e30.eyJhdWQiOlsidmF1bHQiXX0.c2lnbmVk";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-admin-");
    private readonly Chromium _chromium = new();
    private int _tenants;

    /// <summary>The service.</summary>
    public AdminInstance Admin { get; private set; } = null!;

    /// <summary>Somebody who may do everything everywhere.</summary>
    public AdminClient Platform { get; private set; } = null!;

    /// <summary>Vault.</summary>
    public VaultStandIn Vault { get; private set; } = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        foreach (var crd in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "crds"), "*.yaml"))
        {
            await ControlPlane.ApplyCrdAsync(await File.ReadAllTextAsync(crd));
        }

        await ApplyAsync("config/operator/namespace.yaml");
        await ApplyAsync("config/operator/roles.yaml");
        await ApplyAsync("config/admin/rbac.yaml");
        foreach (var entry in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "config/catalog"), "*.yaml"))
        {
            await ApplyAsync(Path.GetRelativePath(RepositoryRoot.Path, entry));
        }

        await StartVaultAsync();
        Admin = NewAdmin();
        await Admin.StartAsync();
        Platform = Client(await TokenAsync("dotmac-system", "platform", ("dotmac-platform-admin", string.Empty), ("edit", string.Empty)));
        await AdminTenant.EventuallyAsync(() => Platform.GetAsync("/api/admin/plugins"), static a => a.Status == System.Net.HttpStatusCode.OK, "the aggregated roles are there");
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await Admin.DisposeAsync();
        await Vault.DisposeAsync();
        _directory.Delete(recursive: true);
        await DisposeAsync();
    }

    /// <summary>A service of one's own, not started.</summary>
    public AdminInstance NewAdmin(params string[] arguments) => new(
        Kubeconfig(),
        [
            "--vault-address", Vault.Address.ToString(), "--vault-token-file", Path.Combine(_directory.FullName, "token"),
            "--token-cache", "2s", "--access-cache", "1s", "--requests-per-second", "5000",
            .. arguments,
        ]);

    /// <summary>A service that reaches the API server through a network of one's own, not started.</summary>
    public AdminInstance NewAdmin(TcpFront network)
    {
        var file = Kubeconfig();
        File.WriteAllText(file, File.ReadAllText(file).Replace($":{ControlPlane.Host.Port}", $":{network.Address.Port}", StringComparison.Ordinal));
        return new AdminInstance(file, "--token-cache", "2s", "--access-cache", "1s");
    }

    /// <summary>A tenant of its own, with a service account for each role that people have there.</summary>
    public async Task<AdminTenant> CreateTenantAsync(IReadOnlyDictionary<string, string>? annotations = null)
    {
        var id = $"t{Interlocked.Increment(ref _tenants)}";
        var ns = await ControlPlane.CreateNamespaceAsync("tenant", new Dictionary<string, string> { ["plugins.dotmac.io/tenant"] = id });
        if (annotations is not null)
        {
            var map = new JsonObject();
            foreach (var (key, value) in annotations)
            {
                map[key] = value;
            }

            await ControlPlane.SendAsync(HttpMethod.Patch, $"api/v1/namespaces/{ns}", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = map } }, "application/merge-patch+json");
        }

        await AdminTenant.EventuallyAsync(
            () => Platform.GetAsync($"/api/admin/tenants?search={ns}"), a => a.Json["tenants"]!.AsArray().Any(t => t!["namespace"]!.GetValue<string>() == ns), "the service knows the tenant");
        return new AdminTenant(this, id, ns);
    }

    /// <summary>A token of a service account that is made for it.</summary>
    /// <param name="ns">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="roles">ClusterRoles that it has in namespaces; the empty namespace is the whole cluster.</param>
    public async Task<string> TokenAsync(string ns, string name, params (string Role, string Namespace)[] roles)
    {
        await CreateAsync($"api/v1/namespaces/{ns}/serviceaccounts", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
        foreach (var (role, where) in roles)
        {
            var binding = new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = $"{ns}-{name}-{role}" },
                ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = role },
                ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = name, ["namespace"] = ns }),
            };
            await CreateAsync(
                where.Length == 0 ? "apis/rbac.authorization.k8s.io/v1/clusterrolebindings" : $"apis/rbac.authorization.k8s.io/v1/namespaces/{where}/rolebindings", binding);
        }

        return await ControlPlane.CreateTokenAsync(ns, name);
    }

    /// <summary>A client with a token; none for a stranger.</summary>
    public AdminClient Client(string? token, AdminInstance? instance = null) => new((instance ?? Admin).Address, token);

    /// <summary>Somebody with a browser, who has signed in with a token; without one, nobody has.</summary>
    /// <param name="token">The token.</param>
    /// <param name="instance">The service; null for the one that all tests share.</param>
    /// <param name="options">How the browser is; null for a screen of a desk.</param>
    public async Task<Visitor> VisitAsync(string? token, AdminInstance? instance = null, BrowserNewContextOptions? options = null)
    {
        var visitor = await _chromium.VisitAsync((instance ?? Admin).Address, options);
        if (token is not null)
        {
            await visitor.SignInAsync(token);
        }

        return visitor;
    }

    /// <summary>Makes an object.</summary>
    public Task<JsonNode> CreateAsync(string collection, JsonObject body) => ControlPlane.SendAsync(HttpMethod.Post, collection, body);

    /// <summary>Applies a file of the repository.</summary>
    public async Task ApplyAsync(string file)
    {
        foreach (var manifest in YamlText.ToJson(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, file))))
        {
            await ControlPlane.SendAsync(HttpMethod.Patch, PathOf(manifest) + "?fieldManager=test&force=true", manifest, "application/apply-patch+yaml");
        }
    }

    private string Kubeconfig() => ControlPlane.WriteKubeconfig(ServiceAccount, "system:serviceaccounts", "system:serviceaccounts:dotmac-system", "system:authenticated");

    private static string PathOf(JsonNode manifest)
    {
        var version = manifest["apiVersion"]!.GetValue<string>();
        var root = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        var ns = manifest["metadata"]!["namespace"]?.GetValue<string>();
        var plural = manifest["kind"]!.GetValue<string>().ToLowerInvariant() + "s";
        return $"{(ns is null ? root : $"{root}/namespaces/{ns}")}/{plural}/{manifest["metadata"]!["name"]!.GetValue<string>()}";
    }

    private async Task StartVaultAsync()
    {
        Vault = await VaultStandIn.StartAsync(new VaultStandInOptions
        {
            TokenReviewer = static (token, _, _) => Task.FromResult(
                token == Jwt ? new TokenReviewOutcome(true, ServiceAccount, "uid-of-admin") : new TokenReviewOutcome(false, Error: "invalid bearer token")),
        });
        Vault.WritePolicy("dotmac-admin", await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "config/vault/admin-policy.hcl")));
        await Vault.WriteRoleAsync("dotmac-admin", new JsonObject
        {
            ["bound_service_account_names"] = new JsonArray("dotmac-admin"),
            ["bound_service_account_namespaces"] = new JsonArray("dotmac-system"),
            ["audience"] = "vault",
            ["token_policies"] = new JsonArray("dotmac-admin"),
        });
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "token"), Jwt);
    }
}
