using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Cli.IntegrationTests.Fixture;

/// <summary>A real API server with the definitions, the catalog and the roles, and the command.</summary>
public sealed class CliFixture() : ControlPlaneFixture(new ControlPlaneOptions { ControllerManager = true }), IAsyncLifetime
{
    private int _tenants;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        foreach (var crd in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "crds"), "*.yaml"))
        {
            await ControlPlane.ApplyCrdAsync(await File.ReadAllTextAsync(crd));
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "config/catalog"), "*.yaml").Append(Path.Combine(RepositoryRoot.Path, "config/operator/roles.yaml")))
        {
            foreach (var manifest in YamlText.ToJson(await File.ReadAllTextAsync(file)))
            {
                var version = manifest["apiVersion"]!.GetValue<string>();
                await ControlPlane.SendAsync(
                    HttpMethod.Patch,
                    $"apis/{version}/{manifest["kind"]!.GetValue<string>().ToLowerInvariant()}s/{manifest["metadata"]!["name"]!.GetValue<string>()}?fieldManager=test&force=true",
                    manifest,
                    "application/apply-patch+yaml");
            }
        }
    }

    /// <summary>A tenant of its own: its id and its namespace.</summary>
    public async Task<(string Id, string Namespace)> CreateTenantAsync()
    {
        var id = $"t{Interlocked.Increment(ref _tenants)}";
        return (id, await ControlPlane.CreateNamespaceAsync("tenant", new Dictionary<string, string> { ["plugins.dotmac.io/tenant"] = id }));
    }

    /// <summary>Installs a plugin without the command.</summary>
    public Task InstallAsync(string ns, string name, string plugin = "twilio") => ControlPlane.SendAsync(
        HttpMethod.Post,
        $"apis/plugins.dotmac.io/v1alpha1/namespaces/{ns}/tenantplugins",
        new JsonObject
        {
            ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
            ["kind"] = "TenantPlugin",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject { ["plugin"] = plugin, ["config"] = new JsonObject { ["phoneNumber"] = "+15005550006" } },
        });

    /// <summary>A plugin as Kubernetes has it.</summary>
    public Task<JsonNode> PluginAsync(string ns, string name) => ControlPlane.SendAsync(HttpMethod.Get, AddressOf(ns, name));

    /// <summary>Writes a status, as the operator would, about the newest wishes.</summary>
    public async Task WriteStatusAsync(string ns, string name, string phase, params (string Type, string Status, string Reason, string Message)[] conditions)
    {
        var status = new JsonObject
        {
            ["observedGeneration"] = (await PluginAsync(ns, name))["metadata"]!["generation"]!.GetValue<long>(),
            ["phase"] = phase,
            ["version"] = "1.0.0",
            ["ready"] = phase == "Active" ? "1/1" : "0/1",
            ["conditions"] = new JsonArray([.. conditions.Select(static c => (JsonNode)new JsonObject
            {
                ["type"] = c.Type, ["status"] = c.Status, ["reason"] = c.Reason, ["message"] = c.Message, ["lastTransitionTime"] = "2026-01-31T12:00:00Z",
            })]),
        };
        await ControlPlane.SendAsync(HttpMethod.Patch, $"{AddressOf(ns, name)}/status", new JsonObject { ["status"] = status }, "application/merge-patch+json");
    }

    /// <summary>Runs a command as somebody who may do everything.</summary>
    public Task<CliAnswer> RunAsync(params string[] arguments) => RunAsAsync(ControlPlane.KubeconfigPath, arguments);

    /// <summary>Runs a command with a kubeconfig.</summary>
    public static async Task<CliAnswer> RunAsAsync(string kubeconfig, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var parsed = DotMacCommand.Create(new Terminal(output, error)).Parse([.. arguments, "--kubeconfig", kubeconfig]);
        var exitCode = await parsed.InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = output, Error = error });
        return new CliAnswer(exitCode, output.ToString(), error.ToString());
    }

    private static string AddressOf(string ns, string name) => $"apis/plugins.dotmac.io/v1alpha1/namespaces/{ns}/tenantplugins/{name}";
}
