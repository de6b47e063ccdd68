using System.Collections.Concurrent;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>Remembers what it saw last of each object, and whether it was ever called twice at once for one. Fails now and then.</summary>
internal sealed class CountingReconciler : IEntityController<V1ConfigMap>
{
    private readonly ConcurrentDictionary<ObjectKey, int> _running = new();
    private readonly ConcurrentDictionary<ObjectKey, string> _seen = new();
    private int _calls;
    private int _overlaps;

    /// <summary>How often it was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How often it was called for an object that it was just working on.</summary>
    public int Overlaps => Volatile.Read(ref _overlaps);

    /// <summary>The last version seen of each object; those that are gone are not in it.</summary>
    public IReadOnlyDictionary<ObjectKey, string> Seen => _seen.ToDictionary();

    public async Task<ReconciliationResult> ReconcileAsync(V1ConfigMap entity, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(entity);
        return await AloneAsync(key, call =>
        {
            if (call % 7 == 0)
            {
                throw new TimeoutException("now and then");
            }

            _seen[key] = entity.Metadata.ResourceVersion!;
            return call % 5 == 0 ? ReconciliationResult.Retry("once more") : ReconciliationResult.Done;
        });
    }

    public Task DeletedAsync(ObjectKey key, CancellationToken cancellationToken) => AloneAsync(key, _ =>
    {
        _seen.TryRemove(key, out var _);
        return ReconciliationResult.Done;
    });

    private async Task<ReconciliationResult> AloneAsync(ObjectKey key, Func<int, ReconciliationResult> work)
    {
        var call = Interlocked.Increment(ref _calls);
        if (_running.AddOrUpdate(key, 1, static (_, n) => n + 1) > 1)
        {
            Interlocked.Increment(ref _overlaps);
        }

        try
        {
            // Long enough for others to come in between.
            for (var i = 0; i < 20; i++)
            {
                await Task.Yield();
            }

            return work(call);
        }
        finally
        {
            _running.AddOrUpdate(key, 0, static (_, n) => n - 1);
        }
    }
}
