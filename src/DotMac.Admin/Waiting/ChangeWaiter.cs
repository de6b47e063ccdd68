using System.Collections.Concurrent;
using DotMac.Admin.Tenants;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Waiting;

/// <summary>Waits until a plugin is as somebody wants it, told by the watch.</summary>
internal sealed class ChangeWaiter
{
    private readonly AdminCaches _caches;
    private readonly ConcurrentDictionary<TaskCompletionSource, (ObjectKey Key, Func<TenantPlugin?, bool> Fits)> _waiting = new();

    public ChangeWaiter(AdminCaches caches)
    {
        _caches = caches;
        caches.Plugins.Subscribe(OnChange);
    }

    /// <summary>Waits.</summary>
    /// <param name="key">The plugin.</param>
    /// <param name="fits">Whether it is as wanted; null for one that is gone. Must not throw.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the time is over.</returns>
    public async Task<bool> WaitAsync(ObjectKey key, Func<TenantPlugin?, bool> fits, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[done] = (key, fits);
        try
        {
            // It may have come before anybody listened.
            if (!fits(_caches.Plugins.Store.Get(key)))
            {
                await done.Task.WaitAsync(timeout, cancellationToken);
            }

            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            _waiting.TryRemove(done, out _);
        }
    }

    /// <summary>Waits until there is nothing left to wait for after a change; gives the plugin as it is then, or as it is when the time is over.</summary>
    public async Task<TenantPlugin> SettleAsync(TenantPlugin changed, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(changed);
        await WaitAsync(key, plugin => plugin?.Metadata.Uid != changed.Metadata.Uid || (plugin!.Metadata.Generation >= changed.Metadata.Generation && Settled.Is(plugin)), timeout, cancellationToken);
        return _caches.Plugins.Store.Get(key) is { } now && now.Metadata.Uid == changed.Metadata.Uid ? now : changed;
    }

    private void OnChange(InformerEvent<TenantPlugin> change)
    {
        if (_waiting.IsEmpty)
        {
            return;
        }

        var key = ObjectKey.Of(change.Object);
        var plugin = change.Type == InformerEventType.Deleted ? null : change.Object;
        foreach (var (done, waiting) in _waiting)
        {
            if (waiting.Key == key && waiting.Fits(plugin))
            {
                done.TrySetResult();
            }
        }
    }
}
