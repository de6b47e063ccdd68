using System.Collections.Immutable;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Informers;

/// <summary>
/// Keeps a store equal to what the API server has, and tells subscribers what changed. One per kind and scope serves all who need it.
/// </summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed class SharedInformer<T> : IInformer
    where T : class, IKubernetesEntity
{
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly IResource<T> _resource;
    private readonly InformerOptions<T> _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly ObjectStore<T> _store = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Orders what the watch says against what writers hand in; held for a dictionary access and the handlers, which only enqueue.
    private readonly Lock _gate = new();
    private ImmutableArray<Action<InformerEvent<T>>> _handlers = [];
    private string? _resourceVersion;
    private bool _mustList = true;
    private bool _listConsistently;
    private long _interruptedSince;
    private long _lastContact;

    /// <summary>An informer that has not started.</summary>
    /// <param name="resource">Where the objects are.</param>
    /// <param name="options">How to watch.</param>
    /// <param name="logger">Told of interruptions.</param>
    /// <param name="clock">For waits.</param>
    public SharedInformer(IResource<T> resource, InformerOptions<T> options, ILogger logger, TimeProvider? clock = null)
    {
        _resource = resource;
        _options = options;
        _logger = logger;
        _clock = clock ?? TimeProvider.System;
        Touch();
    }

    /// <inheritdoc />
    public EntityType Type => _resource.Type;

    /// <inheritdoc />
    public Task Synced => _synced.Task;

    /// <inheritdoc />
    public DateTimeOffset LastContact => new(Volatile.Read(ref _lastContact), TimeSpan.Zero);

    /// <inheritdoc />
    public DateTimeOffset? InterruptedSince => Volatile.Read(ref _interruptedSince) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>What is known.</summary>
    public IObjectStore<T> Store => _store;

    /// <summary>Files objects under values, for <see cref="IObjectStore{T}.ByIndex"/>.</summary>
    /// <exception cref="ArgumentException">There is an index of that name.</exception>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values) => _store.AddIndex(name, values);

    /// <summary>
    /// Asks to be told of changes. A handler is called in order and one at a time, must return at once and must not throw. What is known
    /// already is told as initial additions.
    /// </summary>
    public void Subscribe(Action<InformerEvent<T>> handler)
    {
        lock (_gate)
        {
            foreach (var known in _store.List())
            {
                handler(new InformerEvent<T>(InformerEventType.Added, known, null, Initial: true));
            }

            _handlers = _handlers.Add(handler);
        }
    }

    /// <summary>
    /// Hands in the answer to a write of one's own, so that the store knows it before the watch tells. It is ignored when the watch is
    /// past it already; subscribers are not told, for the writer knows.
    /// </summary>
    public void Observe(T written)
    {
        var key = ObjectKey.Of(written);
        var version = written.Metadata.ResourceVersion;
        lock (_gate)
        {
            if (!ObjectStore<T>.IsOlder(_resourceVersion, version))
            {
                return;
            }

            var known = _store.Get(key);
            if (known is null || ObjectStore<T>.IsOlder(known.Metadata.ResourceVersion, version))
            {
                _store.Set(key, Transformed(written));
            }
        }
    }

    /// <summary>
    /// Hands in the answer to a write that was made for somebody else: the store knows it before the watch tells, and so do subscribers, who are then not told of it
    /// again.
    /// </summary>
    public void Announce(T written)
    {
        lock (_gate)
        {
            if (ObjectStore<T>.IsOlder(_resourceVersion, written.Metadata.ResourceVersion))
            {
                Upsert(written, initial: false);
            }
        }
    }

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // In a row, each: watches that did not last, and among them those that ended with "list again".
        var failures = 0;
        var gone = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            long? opened = null;
            var progress = false;
            TimeSpan? asked = null;
            try
            {
                if (_mustList)
                {
                    await ListAsync(cancellationToken).ConfigureAwait(false);
                }

                var from = _resourceVersion;
                var watch = _options.Watch with
                {
                    ResourceVersion = from,
                    Opened = () =>
                    {
                        Touch();
                        Volatile.Write(ref _interruptedSince, 0);
                        opened = _clock.GetTimestamp();
                    },
                };
                await foreach (var item in _resource.WatchAsync(_options.Scope, watch, cancellationToken).ConfigureAwait(false))
                {
                    Touch();
                    progress |= Handle(item, inOrder: !string.IsNullOrEmpty(from));
                }

                // Servers close watches as a matter of course, after a while. Those that close them at once are not to be stormed, even
                // when each brings something.
                if (Lasted(opened))
                {
                    failures = gone = 0;
                    continue;
                }

                failures = progress ? 1 : failures + 1;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException e) when (e.IsGone)
            {
                // From here no watch goes on. The list that follows makes up for what was missed, deletions included.
                _logger.LogInformation("Watch of {Kind} is too far behind ({Reason}); listing again", Type, e.Status.Message);

                // A list from the server's cache may be as old as this one: the next one asks etcd, unless the watch got on meanwhile.
                _listConsistently = !progress;
                _mustList = true;
                gone = Lasted(opened) ? 1 : gone + 1;
                failures = gone - 1;
                if (failures == 0)
                {
                    continue;
                }
            }
            catch (Exception e) when (IsTransient(e))
            {
                Interlocked.CompareExchange(ref _interruptedSince, _clock.GetUtcNow().Ticks, 0);
                if (Lasted(opened))
                {
                    failures = gone = 0;
                }

                failures = progress ? 1 : failures + 1;
                if (e is ApiException refused)
                {
                    asked = refused.RetryAfter;
                    _listConsistently |= refused.Status.Message?.Contains("Too large resource version", StringComparison.Ordinal) == true;
                }

                _logger.Log(
                    failures < 3 ? LogLevel.Debug : LogLevel.Warning,
                    "Watch of {Kind} was interrupted ({Failures} in a row): {Reason}",
                    Type,
                    failures,
                    e.Message);
            }

            try
            {
                await Task.Delay(Wait(failures, asked), _clock, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // Everything that a network, a server or a proxy in between can do. A mistake of ours, such as a null, is not among them.
    private static bool IsTransient(Exception e) =>
        e is HttpRequestException or IOException or TimeoutException or InvalidDataException or ApiException
            or System.Security.Authentication.AuthenticationException or Configuration.KubernetesConfigurationException;

    // Counted from the server's answer: one that takes long to refuse has not watched.
    private bool Lasted(long? opened) => opened is { } since && _clock.GetElapsedTime(since) >= ShortWatch;

    // The server's own wish, within reason, and never less than the backoff.
    private TimeSpan Wait(int failures, TimeSpan? asked)
    {
        var wait = _options.Backoff.Delay(failures);
        return asked > wait ? (asked < LongestWait ? asked.Value : LongestWait) : wait;
    }

    private void Touch() => Volatile.Write(ref _lastContact, _clock.GetUtcNow().Ticks);

    private T Transformed(T item) => _options.Transform is { } transform ? transform(item) : item;

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var seen = new HashSet<ObjectKey>();
        var initial = !_synced.Task.IsCompleted;

        // From the server's cache first: that is cheap, and the watch makes up the difference. When even that is gone, from etcd.
        // Later lists must not be older than what is known, or a server that lags behind others would bring back what was deleted; of
        // such a list the cache answers no pages.
        var options = _listConsistently ? _options.Scope with { Limit = 500 }
            : string.IsNullOrEmpty(_resourceVersion) ? _options.Scope with { ResourceVersion = "0", Limit = 500 }
            : _options.Scope with { ResourceVersion = _resourceVersion };
        ListResult<T> page;
        do
        {
            page = await _resource.ListAsync(options, cancellationToken).ConfigureAwait(false);
            Touch();
            foreach (var item in page.Items)
            {
                seen.Add(ObjectKey.Of(item));
                Upsert(item, initial);
            }

            options = options with { Continue = page.Continue, ResourceVersion = null };
        }
        while (page.Continue is not null);

        lock (_gate)
        {
            foreach (var key in _store.Keys())
            {
                // What was written after the list was taken is not missing from it.
                if (!seen.Contains(key) && !ObjectStore<T>.IsOlder(page.ResourceVersion, _store.Get(key)?.Metadata.ResourceVersion))
                {
                    RemoveLocked(key, null);
                }
            }

            _resourceVersion = page.ResourceVersion;
            _mustList = false;
            _listConsistently = false;
        }

        if (_synced.TrySetResult())
        {
            _logger.LogDebug("Cache of {Kind} is in sync: {Count} objects", Type, _store.Count);
        }
    }

    // True when the watch has got on by it.
    private bool Handle(WatchEvent<T> item, bool inOrder)
    {
        var version = item.Object.Metadata.ResourceVersion;

        // A watch from a version on tells of later ones, in their order. What is older than where it is already is a replay: taken for
        // new, it would bring back what has been deleted since.
        if (inOrder && ObjectStore<T>.IsOlder(version, _resourceVersion))
        {
            return false;
        }

        if (item.Type is WatchEventType.Added or WatchEventType.Modified)
        {
            Upsert(item.Object, initial: false);
        }
        else if (item.Type == WatchEventType.Deleted)
        {
            lock (_gate)
            {
                var key = ObjectKey.Of(item.Object);
                var known = _store.Get(key);

                // A deletion from before what we know, from a write of our own, is that of the object before.
                if (known is not null && !ObjectStore<T>.IsOlder(item.Object.Metadata.ResourceVersion, known.Metadata.ResourceVersion))
                {
                    RemoveLocked(key, item.Object);
                }
            }
        }

        lock (_gate)
        {
            if (version is null || version == _resourceVersion || ObjectStore<T>.IsOlder(version, _resourceVersion))
            {
                return false;
            }

            _resourceVersion = version;
            return true;
        }
    }

    private void Upsert(T item, bool initial)
    {
        var key = ObjectKey.Of(item);
        lock (_gate)
        {
            var known = _store.Get(key);
            if (known is not null)
            {
                var same = known.Metadata.ResourceVersion == item.Metadata.ResourceVersion;
                if (same || ObjectStore<T>.IsOlder(item.Metadata.ResourceVersion, known.Metadata.ResourceVersion))
                {
                    return;
                }

                if (known.Metadata.Uid != item.Metadata.Uid)
                {
                    // Deleted and made again between two lists: for subscribers those are two objects.
                    RemoveLocked(key, null);
                    known = null;
                }
            }

            var kept = Transformed(item);
            _store.Set(key, kept);
            Tell(new InformerEvent<T>(known is null ? InformerEventType.Added : InformerEventType.Updated, kept, known, initial));
        }
    }

    private void RemoveLocked(ObjectKey key, T? last)
    {
        var known = _store.Remove(key);
        if (known is not null)
        {
            Tell(new InformerEvent<T>(InformerEventType.Deleted, last is null ? known : Transformed(last), null, Initial: false));
        }
    }

    private void Tell(in InformerEvent<T> change)
    {
        foreach (var handler in _handlers)
        {
            handler(change);
        }
    }
}
