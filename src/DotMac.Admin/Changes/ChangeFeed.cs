using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DotMac.Admin.Tenants;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Changes;

/// <summary>
/// Hands on what the watch tells of plugins. Who reads slowly is told the newest state of each plugin, not every state between: what waits for a reader is
/// bounded by how many plugins there are.
/// </summary>
internal sealed class ChangeFeed
{
    private readonly AdminCaches _caches;
    private readonly ConcurrentDictionary<Reader, byte> _readers = new();

    public ChangeFeed(AdminCaches caches)
    {
        _caches = caches;
        caches.Plugins.Subscribe(OnChange);
    }

    /// <summary>How many read now.</summary>
    public int Readers => _readers.Count;

    /// <summary>What there is, and from then on what changes.</summary>
    /// <param name="wanted">Which plugins.</param>
    /// <param name="pause">How long silence may last until nothing is given, which the reader may want to say.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Changes; an empty batch when the first state is complete, and after each pause.</returns>
    public async IAsyncEnumerable<IReadOnlyList<PluginChange>> ReadAsync(
        Func<TenantPlugin, bool> wanted, TimeSpan pause, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new Reader(wanted);
        _readers.TryAdd(reader, 0);
        try
        {
            // Those that change meanwhile wait in the reader, and come again.
            yield return [.. _caches.Plugins.Store.List().Where(wanted).Select(static plugin => new PluginChange(plugin, false))];
            yield return [];
            while (true)
            {
                await reader.WaitAsync(pause, cancellationToken);
                yield return reader.Take();
            }
        }
        finally
        {
            _readers.TryRemove(reader, out _);
        }
    }

    private void OnChange(InformerEvent<TenantPlugin> change)
    {
        foreach (var reader in _readers.Keys)
        {
            reader.Offer(new PluginChange(change.Object, change.Type == InformerEventType.Deleted));
        }
    }

    // Not disposed of: a change may still be on its way to a reader that has gone, and a semaphore that nobody waits for holds nothing.
#pragma warning disable CA1001
    private sealed class Reader(Func<TenantPlugin, bool> wanted)
#pragma warning restore CA1001
    {
        private readonly Lock _gate = new();
        private readonly SemaphoreSlim _signal = new(0, 1);
        private Dictionary<ObjectKey, PluginChange> _pending = [];

        public void Offer(PluginChange change)
        {
            if (!wanted(change.Plugin))
            {
                return;
            }

            lock (_gate)
            {
                _pending[ObjectKey.Of(change.Plugin)] = change;
                if (_pending.Count == 1 && _signal.CurrentCount == 0)
                {
                    _signal.Release();
                }
            }
        }

        public Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancellationToken) => _signal.WaitAsync(pause, cancellationToken);

        public IReadOnlyList<PluginChange> Take()
        {
            lock (_gate)
            {
                var taken = _pending;
                _pending = [];
                return [.. taken.Values];
            }
        }
    }
}
