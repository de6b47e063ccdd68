using System.Diagnostics;
using DotMac.Bench.Processes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Bench.Load;

/// <summary>The load and the bare loop in C#, through DotMac.Kubernetes.</summary>
internal static class OwnLoad
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly EntityType[] Children =
    [
        EntityType.Of<V1ServiceAccount>(), EntityType.Of<V1ConfigMap>(), EntityType.Of<V1Deployment>(), EntityType.Of<V1Service>(), EntityType.Of<V1NetworkPolicy>(),
    ];

    /// <summary>Creates TenantPlugins and waits until an operator has seen to all of them.</summary>
    public static async Task<LoadResult> RunAsync(Servers servers, int from, int to, string definition = Tenants.Definition, TimeSpan? patience = null)
    {
        using var client = servers.CreateClient();
        using var writer = new RawWriter(servers.Plane.Configuration("dotmac-bench"));
        var watch = Stopwatch.StartNew();
        await Writers.ForEachAsync(from, to, async i => await writer.CreatePluginAsync(i, definition));
        var created = watch.Elapsed;
        while (await Tenants.ConvergedAsync(client) < to || (definition == Tenants.Definition && !await AllChildrenAsync(client, to)))
        {
            if (watch.Elapsed > (patience ?? Patience))
            {
                throw new TimeoutException($"{await Tenants.ConvergedAsync(client)} of {to} TenantPlugins converged within {Patience.TotalMinutes:0} minutes");
            }

            await Task.Delay(Pause);
        }

        return new LoadResult(created, watch.Elapsed);
    }

    /// <summary>Sends what an operator would send, and knows before it starts what that is.</summary>
    public static async Task<TimeSpan> BareAsync(Servers servers, int count, IReadOnlyList<RecordedWrite> writes)
    {
        using var writer = new RawWriter(servers.Plane.Configuration("dotmac-bench-bare"));
        var watch = Stopwatch.StartNew();
        await Writers.ForEachAsync(0, count, async i =>
        {
            var (uid, version) = await writer.CreatePluginAsync(i);
            foreach (var write in writes)
            {
                var answer = await writer.SendAsync(write.Method, write.PathOf(i), write.BodyOf(i, uid, version), write.ContentType);
                version = write.IsOfPlugin ? answer.Version : version;
            }
        });
        return watch.Elapsed;
    }

    private static async Task<bool> AllChildrenAsync(IKubernetesClient client, int count)
    {
        foreach (var type in Children)
        {
            var options = new ListOptions(LabelSelector: $"plugins.dotmac.io/plugin={Tenants.Definition}") { ResourceVersion = "0" };
            if ((await client.Resource<V1PartialObjectMetadata>(type).ListAsync(options)).Items.Count < count)
            {
                return false;
            }
        }

        return true;
    }
}
