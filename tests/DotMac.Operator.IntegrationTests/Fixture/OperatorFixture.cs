using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>A real API server and controller-manager, the definitions, the catalog, and the operator with no more rights than its role gives.</summary>
public sealed class OperatorFixture : ControlPlaneFixture, IAsyncLifetime
{
    private const string ServiceAccount = "system:serviceaccount:dotmac-system:dotmac-operator";

    public OperatorFixture()
        : base(new ControlPlaneOptions { ControllerManager = true })
    {
    }

    public OperatorInstance Operator { get; private set; } = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        foreach (var crd in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "crds"), "*.yaml"))
        {
            await ControlPlane.ApplyCrdAsync(await File.ReadAllTextAsync(crd));
        }

        await ApplyAsync("config/operator/namespace.yaml");
        await ApplyAsync("config/operator/rbac.yaml");
        await ApplyAsync("config/catalog/twilio.yaml");
        Operator = new OperatorInstance(ControlPlane.WriteKubeconfig(ServiceAccount));
        await Operator.StartAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await Operator.KillAsync();
        await DisposeAsync();
    }

    /// <summary>A namespace that is a tenant.</summary>
    public Task<string> CreateTenantAsync() =>
        ControlPlane.CreateNamespaceAsync("tenant", new Dictionary<string, string> { ["plugins.dotmac.io/tenant"] = "acme" });

    private async Task ApplyAsync(string file)
    {
        foreach (var manifest in YamlText.ToJson(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, file))))
        {
            await ControlPlane.SendAsync(HttpMethod.Patch, Manifests.PathOf(manifest) + "?fieldManager=test&force=true", manifest, "application/apply-patch+yaml");
        }
    }
}
