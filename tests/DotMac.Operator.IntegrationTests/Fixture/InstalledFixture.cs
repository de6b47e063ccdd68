using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>A real API server and controller-manager, the definitions, the catalog, the operator's rights; all but the operator itself.</summary>
public class InstalledFixture : ControlPlaneFixture, IAsyncLifetime
{
    private const string ServiceAccount = "system:serviceaccount:dotmac-system:dotmac-operator";

    public InstalledFixture()
        : base(new ControlPlaneOptions { ControllerManager = true })
    {
    }

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
        await StartAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await StopAsync();
        await DisposeAsync();
    }

    /// <summary>An operator, not started, with no more rights than its role gives.</summary>
    public OperatorInstance NewOperator(params string[] arguments) => new(ControlPlane.WriteKubeconfig(ServiceAccount), arguments);

    /// <summary>A namespace that is a tenant.</summary>
    public Task<string> CreateTenantAsync() =>
        ControlPlane.CreateNamespaceAsync("tenant", new Dictionary<string, string> { ["plugins.dotmac.io/tenant"] = "acme" });

    /// <summary>What runs for all tests of the collection.</summary>
    protected virtual Task StartAsync() => Task.CompletedTask;

    /// <summary>Ends it.</summary>
    protected virtual Task StopAsync() => Task.CompletedTask;

    /// <summary>Applies a file of the repository.</summary>
    protected async Task ApplyAsync(string file, Action<JsonNode>? change = null)
    {
        foreach (var manifest in YamlText.ToJson(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, file))))
        {
            change?.Invoke(manifest);
            await ControlPlane.SendAsync(HttpMethod.Patch, Manifests.PathOf(manifest) + "?fieldManager=test&force=true", manifest, "application/apply-patch+yaml");
        }
    }
}
