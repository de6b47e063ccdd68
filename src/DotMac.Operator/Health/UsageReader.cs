using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Discovery;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Health;

/// <summary>Reads from <c>metrics.k8s.io</c>, where a metrics server serves it, what pods use: all of them with one request.</summary>
internal sealed class UsageReader(IKubernetesClient client, IObjectStore<V1Pod> pods, TimeSpan interval, ILogger<UsageReader> logger, TimeProvider clock) : IUsageStore
{
    private static readonly EntityType Kind = EntityType.Of<PodMetrics>();

    private IReadOnlyDictionary<ObjectKey, ResourceUsage> _usage = new Dictionary<ObjectKey, ResourceUsage>();
    private readonly Dictionary<ObjectKey, ResourceUsage> _told = [];
    private Action<ObjectKey>? _changed;
    private bool _failed;

    public ResourceUsage? Get(ObjectKey plugin) => Volatile.Read(ref _usage).TryGetValue(plugin, out var usage) ? usage : null;

    /// <summary>Sets who is told of plugins whose usage moved.</summary>
    public void OnChanged(Action<ObjectKey> changed) => _changed = changed;

    /// <summary>Reads until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await TryReadAsync(cancellationToken);
                await Task.Delay(interval, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The wish to stop.
        }
    }

    /// <summary>Reads once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        // A metrics server comes and goes; discovery is asked anew each time, for one small request.
        if (!await new ApiDiscovery(client).ServesAsync(Kind, cancellationToken))
        {
            Volatile.Write(ref _usage, new Dictionary<ObjectKey, ResourceUsage>());
            return;
        }

        var scope = new ListOptions(LabelSelector: $"{ChildMetadata.ManagedBy}={ResourceNames.FieldManager}");
        var usage = new Dictionary<ObjectKey, ResourceUsage>();
        foreach (var metrics in (await client.Resource<PodMetrics>().ListAsync(scope, cancellationToken)).Items)
        {
            if (pods.Get(ObjectKey.Of(metrics)) is { } pod && PluginPods.PluginOf(pod) is { } plugin)
            {
                usage[plugin] = Sum(usage.GetValueOrDefault(plugin), metrics);
            }
        }

        Volatile.Write(ref _usage, usage);
        Tell(usage);
    }

    private void Tell(Dictionary<ObjectKey, ResourceUsage> usage)
    {
        foreach (var gone in _told.Keys.Where(plugin => !usage.ContainsKey(plugin)).ToList())
        {
            _told.Remove(gone);
        }

        foreach (var (plugin, now) in usage)
        {
            if (now.MovedFrom(_told.TryGetValue(plugin, out var told) ? told : null))
            {
                _told[plugin] = now;
                _changed?.Invoke(plugin);
            }
        }
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
            _failed = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // What pods use is a courtesy: a metrics server that is broken must not break anything else.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.Log(_failed ? LogLevel.Debug : LogLevel.Warning, "What plugins use could not be read from metrics.k8s.io: {Reason}", e.Message);
            _failed = true;
        }
    }

    private static ResourceUsage Sum(ResourceUsage sum, PodMetrics metrics)
    {
        foreach (var container in metrics.Containers ?? [])
        {
            sum = new ResourceUsage(
                sum.MemoryBytes + (long)Value(container, "memory"),
                sum.CpuMillicores + (long)decimal.Ceiling(Value(container, "cpu") * 1000));
        }

        return sum;
    }

    private static decimal Value(ContainerMetrics container, string resource) =>
        container.Usage is { } usage && usage.TryGetValue(resource, out var quantity) ? quantity.Value : 0;
}
