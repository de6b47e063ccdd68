namespace DotMac.Kubernetes.Queue;

/// <summary>Keys to be worked on. A key is in it at most once, and never worked on twice at the same time.</summary>
/// <typeparam name="TKey">What tells pieces of work apart.</typeparam>
public interface IWorkQueue<TKey>
    where TKey : notnull
{
    /// <summary>Keys that wait, those with a delay not counted.</summary>
    int Count { get; }

    /// <summary>Adds a key; while it is worked on, it is kept for afterwards.</summary>
    void Add(TKey key, QueuePriority priority = QueuePriority.High);

    /// <summary>Adds a key later. Of several delays for one key the earliest counts.</summary>
    void AddAfter(TKey key, TimeSpan delay);

    /// <summary>Adds a key after the backoff that its failures so far have earned.</summary>
    void AddRateLimited(TKey key);

    /// <summary>Failures of a key since it was last forgotten.</summary>
    int Failures(TKey key);

    /// <summary>Takes back the failures of a key.</summary>
    void Forget(TKey key);

    /// <summary>The next key; waits for one. False after <see cref="ShutDown"/>, once nothing is left.</summary>
    ValueTask<(bool Taken, TKey Key)> GetAsync(CancellationToken cancellationToken);

    /// <summary>Says that the work on a key is done; to be called for every key taken.</summary>
    void Done(TKey key);

    /// <summary>Takes no more keys and gives out those that are there, delayed ones not counted.</summary>
    void ShutDown();
}
