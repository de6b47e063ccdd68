using System.Collections.Concurrent;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>A reconciler whose work the test writes; remembers what it was called with, and whether ever twice at once for one key.</summary>
internal sealed class ScriptedReconciler : IEntityController<V1ConfigMap>
{
    private readonly ConcurrentDictionary<ObjectKey, bool> _working = new();
    private int _overlaps;

    public ConcurrentQueue<V1ConfigMap> Seen { get; } = new();

    public ConcurrentQueue<ObjectKey> Deleted { get; } = new();

    public int Overlaps => Volatile.Read(ref _overlaps);

    public Func<V1ConfigMap, CancellationToken, Task<ReconciliationResult>> Work { get; set; } = static (_, _) => Task.FromResult(ReconciliationResult.Done);

    public async Task<ReconciliationResult> ReconcileAsync(V1ConfigMap entity, CancellationToken cancellationToken)
    {
        if (!_working.TryAdd(ObjectKey.Of(entity), true))
        {
            Interlocked.Increment(ref _overlaps);
        }

        Seen.Enqueue(entity);
        try
        {
            return await Work(entity, cancellationToken);
        }
        finally
        {
            _working.TryRemove(ObjectKey.Of(entity), out _);
        }
    }

    public Task DeletedAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Deleted.Enqueue(key);
        return Task.CompletedTask;
    }
}
