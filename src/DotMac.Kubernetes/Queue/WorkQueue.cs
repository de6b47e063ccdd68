
namespace DotMac.Kubernetes.Queue;

/// <summary>
/// The work queue of a controller: deduplicating, fair between groups, live changes before the initial list, delays on one timer.
/// Adding and taking are constant time, delays logarithmic; nothing polls.
/// </summary>
/// <typeparam name="TKey">What tells pieces of work apart.</typeparam>
public sealed class WorkQueue<TKey> : IWorkQueue<TKey>, IDisposable
    where TKey : notnull
{
    // Low priority must not starve for ever under a steady stream of live changes.
    private const int HighInARow = 16;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly ExponentialBackoff _backoff;
    private readonly QueueMetrics _metrics;
    private readonly FairLane<TKey> _high;
    private readonly FairLane<TKey> _low;

    // Waiting keys with their priority and since when; processing keys since when. A key may be in both: dirty while worked on.
    private readonly Dictionary<TKey, (QueuePriority Priority, long Since)> _waiting = [];
    private readonly Dictionary<TKey, long> _processing = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly Dictionary<TKey, long> _due = [];
    private readonly PriorityQueue<(TKey Key, long Due), long> _delayed = new();
    private readonly Queue<TaskCompletionSource> _takers = new();
    private readonly ITimer _timer;
    private long _timerDue = long.MaxValue;
    private int _highInARow;

    // Keys that can be taken. The lanes may hold more: places that were passed over or will be.
    private int _ready;
    private bool _shutDown;

    /// <summary>An empty queue.</summary>
    /// <param name="name">For metrics.</param>
    /// <param name="group">Between which groups the queue is fair; null for none.</param>
    /// <param name="backoff">The waits after failures.</param>
    /// <param name="clock">For delays.</param>
    public WorkQueue(string name, Func<TKey, string>? group = null, ExponentialBackoff? backoff = null, TimeProvider? clock = null)
    {
        group ??= static _ => string.Empty;
        _clock = clock ?? TimeProvider.System;
        _backoff = backoff ?? ExponentialBackoff.Default;
        _high = new FairLane<TKey>(group);
        _low = new FairLane<TKey>(group);
        _timer = _clock.CreateTimer(static state => ((WorkQueue<TKey>)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _metrics = new QueueMetrics(name, Observe);
    }

    /// <inheritdoc />
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ready;
            }
        }
    }

    /// <summary>Keys that wait for their delay to pass.</summary>
    public int DelayedCount
    {
        get
        {
            lock (_gate)
            {
                return _due.Count;
            }
        }
    }

    /// <inheritdoc />
    public void Add(TKey key, QueuePriority priority = QueuePriority.High)
    {
        lock (_gate)
        {
            AddLocked(key, priority);
        }
    }

    /// <inheritdoc />
    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (_gate)
        {
            if (_shutDown)
            {
                return;
            }

            if (delay <= TimeSpan.Zero)
            {
                AddLocked(key, QueuePriority.High);
                return;
            }

            var due = Now + (long)(delay.TotalSeconds * _clock.TimestampFrequency);
            if (_due.TryGetValue(key, out var known) && known <= due)
            {
                return;
            }

            // An entry that this one replaces stays in the heap and is passed over when its time comes.
            _due[key] = due;
            _delayed.Enqueue((key, due), due);
            SetTimerLocked();
        }
    }

    /// <inheritdoc />
    public void AddRateLimited(TKey key)
    {
        TimeSpan delay;
        lock (_gate)
        {
            var failures = _failures.GetValueOrDefault(key) + 1;
            _failures[key] = failures;
            delay = _backoff.Delay(failures);
        }

        _metrics.Retried();
        AddAfter(key, delay);
    }

    /// <inheritdoc />
    public int Failures(TKey key)
    {
        lock (_gate)
        {
            return _failures.GetValueOrDefault(key);
        }
    }

    /// <inheritdoc />
    public void Forget(TKey key)
    {
        lock (_gate)
        {
            _failures.Remove(key);
        }
    }

    /// <inheritdoc />
    public async ValueTask<(bool Taken, TKey Key)> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource taker;
            lock (_gate)
            {
                if (TryTakeLocked(out var key))
                {
                    return (true, key);
                }

                if (_shutDown)
                {
                    return (false, default!);
                }

                taker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _takers.Enqueue(taker);
            }

            try
            {
                await taker.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // It may have been woken for a key at the same moment: somebody else must take that.
                if (!taker.TrySetCanceled(cancellationToken))
                {
                    lock (_gate)
                    {
                        WakeLocked();
                    }
                }

                throw;
            }
        }
    }

    /// <inheritdoc />
    public void Done(TKey key)
    {
        lock (_gate)
        {
            if (!_processing.Remove(key, out var since))
            {
                return;
            }

            _metrics.Worked(Seconds(since));
            if (_waiting.TryGetValue(key, out var waiting))
            {
                _ready++;
                EnqueueLocked(key, waiting.Priority);
            }
        }
    }

    /// <inheritdoc />
    public void ShutDown()
    {
        lock (_gate)
        {
            _shutDown = true;
            _due.Clear();
            _delayed.Clear();
            while (_takers.TryDequeue(out var taker))
            {
                taker.TrySetResult();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ShutDown();
        _timer.Dispose();
        _metrics.Dispose();
    }

    private long Now => _clock.GetTimestamp();

    private double Seconds(long since) => _clock.GetElapsedTime(since).TotalSeconds;

    private void AddLocked(TKey key, QueuePriority priority)
    {
        if (_shutDown)
        {
            return;
        }

        // What is about to run anyway need not run once more when its delay is over.
        _due.Remove(key);
        var known = _waiting.TryGetValue(key, out var waiting);
        if (known)
        {
            if (waiting.Priority <= priority)
            {
                return;
            }

            // A live change to a key of the initial list: its old place in the low lane is passed over.
            _waiting[key] = (priority, waiting.Since);
        }
        else
        {
            _waiting[key] = (priority, Now);
            _metrics.Added();
        }

        if (!_processing.ContainsKey(key))
        {
            _ready += known ? 0 : 1;
            EnqueueLocked(key, priority);
        }
    }

    private void EnqueueLocked(TKey key, QueuePriority priority)
    {
        (priority == QueuePriority.High ? _high : _low).Enqueue(key);
        WakeLocked();
    }

    private void WakeLocked()
    {
        while (_takers.TryDequeue(out var taker))
        {
            if (taker.TrySetResult())
            {
                return;
            }
        }
    }

    private bool TryTakeLocked(out TKey key)
    {
        while (_high.Count + _low.Count > 0)
        {
            var low = _high.Count == 0 || (_low.Count > 0 && _highInARow >= HighInARow);
            _highInARow = low ? 0 : _highInARow + 1;
            key = (low ? _low : _high).Dequeue();

            // Passed over: a key that moved to the other lane and was taken, or is to be taken, from there.
            if (_waiting.TryGetValue(key, out var waiting)
                && waiting.Priority == (low ? QueuePriority.Low : QueuePriority.High)
                && !_processing.ContainsKey(key))
            {
                _waiting.Remove(key);
                _ready--;
                _processing[key] = Now;
                _metrics.Taken(Seconds(waiting.Since));
                return true;
            }
        }

        key = default!;
        return false;
    }

    private void SetTimerLocked()
    {
        if (!_delayed.TryPeek(out _, out var due) || due >= _timerDue)
        {
            return;
        }

        _timerDue = due;
        var wait = Math.Max(0, due - Now) / (double)_clock.TimestampFrequency;

        // Rounded up: a timer that fires a moment early would only set itself again.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait * 1000, int.MaxValue))), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _timerDue = long.MaxValue;
            while (_delayed.TryPeek(out var entry, out var due) && due <= Now)
            {
                _delayed.Dequeue();
                if (_due.TryGetValue(entry.Key, out var current) && current == entry.Due)
                {
                    AddLocked(entry.Key, QueuePriority.High);
                }
            }

            SetTimerLocked();
        }
    }

    private QueueState Observe()
    {
        lock (_gate)
        {
            var unfinished = 0.0;
            var longest = 0.0;
            foreach (var since in _processing.Values)
            {
                var seconds = Seconds(since);
                unfinished += seconds;
                longest = Math.Max(longest, seconds);
            }

            return new QueueState(_ready, unfinished, longest);
        }
    }
}
