using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk.Mounted;

/// <summary>
/// Tells when mounted files may have changed. The kubelet changes a volume by swapping the symlink <c>..data</c>, so directories are watched,
/// not files; a coarse timer covers directories that appear later and nodes that have no inotify instance left.
/// </summary>
internal sealed class MountWatcher : IDisposable
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, FileSystemWatcher?> _watchers;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private bool _warned;
    private bool _disposed;

    /// <summary>Starts to watch.</summary>
    public MountWatcher(IEnumerable<string> directories, TimeSpan pollInterval, TimeProvider timeProvider, ILogger logger)
    {
        _logger = logger;
        _watchers = directories.Distinct(StringComparer.Ordinal).ToDictionary(directory => directory, FileSystemWatcher? (_) => null);
        Watch();
        _timer = timeProvider.CreateTimer(_ => Poll(), null, pollInterval, pollInterval);
    }

    /// <summary>Waits for a change since the last call. Several changes are one; an unneeded wake-up is possible.</summary>
    /// <param name="limit">How long to wait at most; null for ever.</param>
    /// <param name="timeProvider">The clock for the limit.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task WaitAsync(TimeSpan? limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = new(limit ?? Timeout.InfiniteTimeSpan, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limited.Token);
        try
        {
            await _signals.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit is as good as a change.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (FileSystemWatcher? watcher in _watchers.Values)
            {
                watcher?.Dispose();
            }
        }

        _timer.Dispose();
    }

    private void Poll()
    {
        Watch();
        Signal();
    }

    private void Signal() => _signals.Writer.TryWrite(true);

    private void Watch()
    {
        lock (_lock)
        {
            foreach (string directory in _watchers.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
            {
                if (!_disposed && Directory.Exists(directory))
                {
                    _watchers[directory] = TryWatch(directory);
                }
            }
        }
    }

    private FileSystemWatcher? TryWatch(string directory)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(directory) { IncludeSubdirectories = true };
            watcher.Created += (_, _) => Signal();
            watcher.Changed += (_, _) => Signal();
            watcher.Renamed += (_, _) => Signal();
            watcher.Deleted += (_, _) => Signal();
            watcher.Error += (_, _) => Restart(directory);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            if (!_warned)
            {
                _warned = true;
                _logger.LogWarning("{Directory} cannot be watched ({Reason}); it is looked at now and then instead.", directory, exception.Message);
            }

            return null;
        }
    }

    // An overflow or a directory that went away: forget the watcher, the timer makes a new one.
    private void Restart(string directory)
    {
        lock (_lock)
        {
            _watchers[directory]?.Dispose();
            _watchers[directory] = null;
        }

        Signal();
    }
}
