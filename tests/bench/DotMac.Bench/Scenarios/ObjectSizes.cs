using System.Globalization;
using DotMac.Bench.Processes;
using DotMac.Bench.Report;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Bench.Scenarios;

/// <summary>What one object takes in an informer's store: managed memory, collected, with all of a kind cached and with none.</summary>
internal static class ObjectSizes
{
    private static readonly EntityType[] Children =
    [
        EntityType.Of<V1Deployment>(), EntityType.Of<V1ServiceAccount>(), EntityType.Of<V1ConfigMap>(), EntityType.Of<V1Service>(), EntityType.Of<V1NetworkPolicy>(),
    ];

    public static async Task MeasureAsync(Servers servers, Results results)
    {
        var plugin = await OfAsync<TenantPlugin>(servers, EntityType.Of<TenantPlugin>(), results);
        var children = new List<double>();
        foreach (var type in Children)
        {
            // The operator keeps children as Unstructured, and of its own ones everything.
            children.Add(await OfAsync<Unstructured>(servers, type, results));
        }

        results.Add(Figure.AtMost('c', "a TenantPlugin and its Deployment, cached", (plugin + children[0]) / 1024, 8, "KB"));
        results.Add(Figure.Told('c', "a TenantPlugin and all five children, cached", (plugin + children.Sum()) / 1024, "KB"));
    }

    /// <summary>Bytes per object of a kind.</summary>
    public static async Task<double> OfAsync<T>(Servers servers, EntityType type, Results results)
        where T : class, IKubernetesEntity
    {
        using var client = servers.CreateClient();

        // Connections and generated code are not part of any object. In a method of its own: this one would hold on to the answer.
        await ConnectAsync<T>(client, type);
        using var stop = new CancellationTokenSource();
        var informer = new SharedInformerFactory(client, NullLogger<SharedInformerFactory>.Instance).Get<T>(type);
        var before = Settled();
        var running = informer.RunAsync(stop.Token);
        await informer.Synced;
        var count = informer.Store.Count;
        var each = (Settled() - before) / (double)count;
        await stop.CancelAsync();
        await running;
        results.Raw('c', string.Create(CultureInfo.InvariantCulture, $"{count} × {type.Kind}: {each:0} bytes each"));
        return each;
    }

    private static Task ConnectAsync<T>(KubernetesClient client, EntityType type)
        where T : class, IKubernetesEntity => client.Resource<T>(type).ListAsync(ListOptions.All with { Limit = 1 });

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
