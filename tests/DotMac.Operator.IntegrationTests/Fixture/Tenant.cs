using System.Net;
using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>What a tenant's administrator does and sees, in one namespace.</summary>
internal sealed class Tenant(ControlPlane server, string ns)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The collections that children of the name "twilio" are in.</summary>
    public static IReadOnlyList<string> ChildCollections { get; } =
    [
        "api/v1/serviceaccounts", "api/v1/configmaps", "api/v1/services", "apis/networking.k8s.io/v1/networkpolicies", "apis/apps/v1/deployments",
    ];

    public string Namespace => ns;

    public string Path(string collection, string name = "twilio")
    {
        var slash = collection.LastIndexOf('/');
        return $"{collection[..slash]}/namespaces/{ns}/{collection[(slash + 1)..]}/{name}";
    }

    public string PluginPath(string name = "twilio") => Path("apis/plugins.dotmac.io/v1alpha1/tenantplugins", name);

    public string DeploymentPath(string name = "twilio") => Path("apis/apps/v1/deployments", name);

    public Task<JsonNode> ApplyAsync(JsonObject plugin) => server.SendAsync(
        HttpMethod.Patch, PluginPath(plugin["metadata"]!["name"]!.GetValue<string>()) + "?fieldManager=tenant&force=true", plugin, "application/apply-patch+yaml");

    public Task<JsonNode> PatchAsync(string path, JsonObject patch) => server.SendAsync(HttpMethod.Patch, path, patch, "application/merge-patch+json");

    public Task<JsonNode> DeleteAsync(string path) => server.SendAsync(HttpMethod.Delete, path);

    public async Task<JsonNode?> GetAsync(string path)
    {
        try
        {
            return await server.SendAsync(HttpMethod.Get, path);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task CreateSecretAsync(string name, params (string Key, string Value)[] data)
    {
        var values = new JsonObject();
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }

        return server.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{ns}/secrets", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["stringData"] = values,
        });
    }

    /// <summary>Waits until the newest spec has a status with this phase; gives back the resource.</summary>
    public Task<JsonNode> WaitForPhaseAsync(string phase, string name = "twilio") =>
        WaitForAsync(plugin => plugin["status"]?["phase"]?.GetValue<string>() == phase, $"the phase is {phase}", name);

    /// <summary>Waits until a condition of the newest spec has this status and reason; gives back its message.</summary>
    public async Task<string> WaitForConditionAsync(string type, string status, string reason, string name = "twilio")
    {
        var plugin = await WaitForAsync(
            p => Condition(p, type) is { } c && c["status"]!.GetValue<string>() == status && c["reason"]!.GetValue<string>() == reason,
            $"{type} is {status} because of {reason}",
            name);
        return Condition(plugin, type)!["message"]!.GetValue<string>();
    }

    /// <summary>Waits until an object is there and fits.</summary>
    public async Task<JsonNode> WaitForObjectAsync(string path, Func<JsonNode, bool> fits, string description)
    {
        JsonNode? seen = null;
        await Eventually.BeTrueAsync(
            async () => (seen = await GetAsync(path)) is not null && fits(seen),
            Patience,
            () => $"{path}: {description}; it is {seen?.ToJsonString() ?? "not there"}");
        return seen!;
    }

    /// <summary>Waits until an object is gone.</summary>
    public Task WaitUntilGoneAsync(string path) =>
        Eventually.BeTrueAsync(async () => await GetAsync(path) is null, Patience, $"{path} is gone");

    /// <summary>Waits until every child is there.</summary>
    public async Task WaitForChildrenAsync(string name = "twilio")
    {
        foreach (var collection in ChildCollections)
        {
            await WaitForObjectAsync(Path(collection, name), static _ => true, "is there");
        }

        await WaitForAsync(static p => p["status"]?["phase"] is not null, "has a phase", name);
    }

    /// <summary>Waits until every child is there and nothing more will happen to any of them.</summary>
    public async Task WaitUntilSettledAsync(string name = "twilio")
    {
        await WaitForChildrenAsync(name);

        // The controller-manager has made the ReplicaSet and the operator has told so. The pod then waits for a node for ever.
        await WaitForConditionAsync("Available", "False", "Progressing", name);
        await WaitForObjectAsync(DeploymentPath(name), static d => d["status"]?["updatedReplicas"]?.GetValue<int>() == 1, "has its pod");
        await WaitForObjectAsync(
            PluginPath(name),
            static p => Condition(p, "Available")?["message"]?.GetValue<string>().StartsWith("1 of 1 pods are up to date", StringComparison.Ordinal) == true,
            "tells of the pod");
    }

    public static JsonNode? Condition(JsonNode plugin, string type) =>
        plugin["status"]?["conditions"]?.AsArray().FirstOrDefault(c => c!["type"]!.GetValue<string>() == type);

    private Task<JsonNode> WaitForAsync(Func<JsonNode, bool> fits, string description, string name) => WaitForObjectAsync(
        PluginPath(name),
        plugin => plugin["status"]?["observedGeneration"]?.GetValue<long>() == plugin["metadata"]!["generation"]!.GetValue<long>() && fits(plugin),
        description);
}
