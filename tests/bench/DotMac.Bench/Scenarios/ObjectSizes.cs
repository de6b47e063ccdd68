using System.Globalization;
using System.Runtime.CompilerServices;
using DotMac.Bench.Processes;
using DotMac.Bench.Report;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Bench.Scenarios;

/// <summary>What one object takes in an informer's store: managed memory, collected, with all of a kind cached and without.</summary>
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

        // Once for the connections, the generated code and the pools, which are part of no object.
        await FilledAsync<T>(client, type);
        var (count, filled) = await FilledAsync<T>(client, type);

        // Not from within the end of that method, whose state, the informer in it, lives until its continuation is over. And compared with
        // afterwards, not with before: what was lying about before is collected by then, and would be taken off.
        await Task.Yield();
        var each = (filled - Settled()) / (double)count;
        results.Raw('c', string.Create(CultureInfo.InvariantCulture, $"{count} × {type.Kind}: {each:0} bytes each"));
        return each;
    }

    // In a method of its own: the caller would hold on to the informer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(int Count, long Bytes)> FilledAsync<T>(KubernetesClient client, EntityType type)
        where T : class, IKubernetesEntity
    {
        using var stop = new CancellationTokenSource();
        var informer = new SharedInformerFactory(client, NullLogger<SharedInformerFactory>.Instance).Get<T>(type);
        var running = informer.RunAsync(stop.Token);
        await informer.Synced;
        var bytes = Settled();
        var count = informer.Store.Count;
        await stop.CancelAsync();
        await running;
        return (count, bytes);
    }

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
