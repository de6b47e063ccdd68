using System.Collections.Concurrent;
using DotMac.Admin.Changes;
using DotMac.Admin.Problems;
using DotMac.Admin.Tenants;
using DotMac.Admin.Ui.Sessions;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Ui.Live;

/// <summary>
/// What an open page sees of the change stream: told of what changes among what its viewer may see, when rights change, when they are signed out, and when
/// what is shown may be old. One a page; it ends with the page.
/// </summary>
internal sealed class LiveView(ChangeFeed feed, EventFeed events, AdminCaches caches, TimeProvider clock, Viewer viewer, ILogger<LiveView> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, byte> _told = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private Task? _running;

    /// <summary>Told of plugins that changed.</summary>
    public event Action<IReadOnlyList<PluginChange>>? Changed;

    /// <summary>Told of plugins, by their uids, of which events tell; of none when only time has gone by.</summary>
    public event Action<IReadOnlyCollection<string>>? Told;

    /// <summary>Told when anything else changed: rights, the session, or whether what is shown is current.</summary>
    public event Action? StateChanged;

    /// <summary>The namespaces whose plugins may be seen; null for all.</summary>
    public IReadOnlySet<string>? Visible { get; private set; } = new HashSet<string>();

    /// <summary>Whether the viewer is signed out.</summary>
    public bool IsSignedOut { get; private set; }

    /// <summary>Since when what is shown may be old; null while it is current.</summary>
    public DateTimeOffset? StaleSince { get; private set; }

    // Changes are gathered for so long before the page is drawn anew, the longer the more there is to draw: a storm of them is no storm of drawing.
    private TimeSpan Gathering => TimeSpan.FromMilliseconds(Math.Min(2000, 200 + (caches.Plugins.Store.Count / 10)));

    /// <summary>Whether a plugin may be seen.</summary>
    public bool Sees(TenantPlugin plugin) => Visible?.Contains(plugin.Metadata.Namespace ?? string.Empty) != false && caches.TenantOf(plugin.Metadata.Namespace) is not null;

    /// <summary>Begins, if it has not.</summary>
    /// <exception cref="ProblemException">It cannot be told now what may be seen.</exception>
    public async Task StartAsync()
    {
        await _starting.WaitAsync(_stop.Token);
        try
        {
            if (_running is null)
            {
                Visible = await viewer.VisibleAsync(_stop.Token);
                StaleSince = caches.InterruptedSince;
                events.Told += OnTold;
                _running = RunAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        events.Told -= OnTold;
        await _stop.CancelAsync();
        if (_running is { } running)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
        _starting.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            var (isFirst, beat) = (true, clock.GetTimestamp());
            await foreach (var batch in feed.ReadAsync(Sees, Heartbeat, _stop.Token))
            {
                // Pages read what there is for themselves.
                if (batch.Count > 0 && !isFirst)
                {
                    Changed?.Invoke(batch);
                }

                isFirst = false;
                if (!_told.IsEmpty || clock.GetElapsedTime(beat) >= Beat)
                {
                    beat = clock.GetTimestamp();
                    var told = _told.Keys;
                    foreach (var uid in told)
                    {
                        _told.TryRemove(uid, out _);
                    }

                    Told?.Invoke([.. told]);
                }

                if (!await StillAsync())
                {
                    return;
                }

                await Task.Delay(Gathering, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is closed.
        }
#pragma warning disable CA1031 // A page that is no longer told of changes must say so, whatever the reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(e, "A page is not told of changes any more");
            StaleSince ??= clock.GetUtcNow();
            StateChanged?.Invoke();
        }
    }

    private void OnTold(string uid) => _told.TryAdd(uid, 0);

    private async Task<bool> StillAsync()
    {
        var (stale, visible) = (caches.InterruptedSince, Visible);
        try
        {
            visible = await viewer.VisibleAsync(_stop.Token);
        }
        catch (ProblemException e) when (e.Problem.Status == StatusCodes.Status401Unauthorized)
        {
            IsSignedOut = true;
            StateChanged?.Invoke();
            return false;
        }
        catch (ProblemException)
        {
            // Who cannot be asked has not said no.
        }

        var isSame = visible is null ? Visible is null : Visible is not null && visible.SetEquals(Visible);
        if (!isSame || stale != StaleSince)
        {
            (Visible, StaleSince) = (visible, stale);
            StateChanged?.Invoke();
        }

        return true;
    }
}
