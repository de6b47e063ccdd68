using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Pods;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>Says of pods what a kubelet would say: the controller-manager makes them, and no node is there to run them.</summary>
internal static class Kubelet
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for a pod of a plugin; gives it back.</summary>
    /// <param name="server">The API server.</param>
    /// <param name="tenant">Where the plugin is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="image">What the image of its container ends with; any will do unless said.</param>
    public static async Task<JsonNode> PodAsync(ControlPlane server, Tenant tenant, string name, string image = "")
    {
        JsonNode? pod = null;
        await Eventually.BeTrueAsync(
            async () =>
            {
                var pods = await server.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{tenant.Namespace}/pods");
                pod = pods["items"]!.AsArray().FirstOrDefault(p =>
                    p!["spec"]!["serviceAccountName"]!.GetValue<string>() == name
                    && p["metadata"]!["deletionTimestamp"] is null
                    && p["spec"]!["containers"]![0]!["image"]!.GetValue<string>().EndsWith(image, StringComparison.Ordinal));
                return pod is not null;
            },
            Patience,
            $"the controller-manager has made a pod of {name} {image}");
        return pod!;
    }

    /// <summary>The pod runs, is ready, and answers.</summary>
    public static Task RunAsync(Tenant tenant, JsonNode pod, HostilePod answers) => tenant.PatchAsync(
        $"api/v1/namespaces/{tenant.Namespace}/pods/{pod["metadata"]!["name"]!.GetValue<string>()}/status",
        (JsonObject)JsonNode.Parse($$$$"""
            {"status":{"phase":"Running","podIP":"{{{{answers.Address}}}}","podIPs":[{"ip":"{{{{answers.Address}}}}"}],
             "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}],
             "containerStatuses":[{"name":"plugin","ready":true,"restartCount":0,"image":"x","imageID":"","state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}}
            """)!);
}
