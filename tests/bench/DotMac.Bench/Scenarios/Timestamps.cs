using System.Collections.Concurrent;
using System.Diagnostics;

namespace DotMac.Bench.Scenarios;

/// <summary>When each version of an object was seen first.</summary>
internal sealed class Timestamps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _seen = new();

    public void Stamp(string? version)
    {
        var now = Stopwatch.GetTimestamp();
        if (version is not null)
        {
            Entry(version).TrySetResult(now);
        }
    }

    /// <summary>Waits for a version; null when it never came, because a newer one overtook it.</summary>
    public async Task<long?> FindAsync(string version)
    {
        try
        {
            return await Entry(version).Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public long? Find(string version) => _seen.TryGetValue(version, out var entry) && entry.Task.IsCompleted ? entry.Task.Result : null;

    private TaskCompletionSource<long> Entry(string version) =>
        _seen.GetOrAdd(version, static _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
}
