using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Plugins.Resources;
using DotMac.Testing.Cluster;

namespace DotMac.Bench.Load;

/// <summary>What is loaded: the same tenants, definition and TenantPlugins as those of the yardstick's load.</summary>
internal static class Tenants
{
    /// <summary>Namespaces that the TenantPlugins are spread over.</summary>
    public const int Count = 50;

    /// <summary>The PluginDefinition that they are installed from.</summary>
    public const string Definition = "bench";

    public static string Tenant(int index) => string.Create(CultureInfo.InvariantCulture, $"bench-{index % Count:000}");

    public static string Namespace(int index) => "tenant-" + Tenant(index);

    public static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"bench-{index:00000}");

    public static string Number(int index) => string.Create(CultureInfo.InvariantCulture, $"+1555{1000000 + index}");

    public static string Manifest(int index, string definition = Definition) => $$$$"""
        {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"TenantPlugin","metadata":{"name":"{{{{Name(index)}}}}","namespace":"{{{{Namespace(index)}}}}"},"spec":{"plugin":"{{{{definition}}}}","config":{"token":"${vault:bench/token}","number":"{{{{Number(index)}}}}"}}}
        """;

    /// <summary>Makes the namespaces and the definition.</summary>
    public static async Task PrepareAsync(ControlPlane plane)
    {
        for (var i = 0; i < Count; i++)
        {
            await plane.SendAsync(HttpMethod.Post, "api/v1/namespaces", new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Namespace",
                ["metadata"] = new JsonObject { ["name"] = Namespace(i), ["labels"] = new JsonObject { [Labels.Tenant] = Tenant(i) } },
            });
        }

        await plane.SendAsync(HttpMethod.Post, "apis/plugins.dotmac.io/v1alpha1/plugindefinitions", JsonNode.Parse($$$$$$$"""
            {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"PluginDefinition","metadata":{"name":"{{{{{{{Definition}}}}}}}"},
             "spec":{"displayName":"Bench","category":"custom","description":"for measuring","author":"bench","defaultVersion":"1.0.0",
              "versions":[{"version":"1.0.0","image":"example.invalid/bench:1.0.0",
               "configSchema":{"type":"object","properties":{"token":{"type":"string"},"number":{"type":"string"}}},
               "resources":{"limits":{"memory":"256Mi","cpu":"100m"}}}]}}
            """));
    }

    /// <summary>Whether it is one of ours whose newest spec has a status.</summary>
    public static bool IsConverged(TenantPlugin plugin) =>
        plugin.Metadata.Name?.StartsWith("bench-", StringComparison.Ordinal) == true
        && plugin.Status?.ObservedGeneration == plugin.Metadata.Generation;

    /// <summary>How many have converged, from the server's cache.</summary>
    public static async Task<int> ConvergedAsync(IKubernetesClient client) =>
        (await client.Resource<TenantPlugin>().ListAsync(ListOptions.All with { ResourceVersion = "0" })).Items.Count(IsConverged);
}
