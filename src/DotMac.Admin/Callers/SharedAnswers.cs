using DotMac.Admin.Problems;
using DotMac.Kubernetes.Client;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace DotMac.Admin.Callers;

/// <summary>
/// Answers of the API server that are remembered for a while, a bounded number of them. Who asks the same while the answer is on its way shares it;
/// a failure is told to all who wait and is not remembered.
/// </summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class SharedAnswers<T> : IDisposable
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<T>> _underway = new(StringComparer.Ordinal);
    private readonly MemoryCache _known;
    private readonly TimeSpan _remembered;
    private readonly TimeProvider _clock;

    public SharedAnswers(int most, TimeSpan remembered, TimeProvider clock)
    {
        // The cache's own clock sweeps late; what counts is the time that is kept with the answer.
        _known = new MemoryCache(Options.Create(new MemoryCacheOptions { SizeLimit = most, CompactionPercentage = 0.2 }));
        (_remembered, _clock) = (remembered, clock);
    }

    /// <summary>The answer to a question.</summary>
    /// <param name="key">The question.</param>
    /// <param name="ask">Asks it; must end by itself.</param>
    /// <param name="cancellationToken">Stops waiting; others go on.</param>
    /// <exception cref="ProblemException">The API server cannot be asked.</exception>
    public async ValueTask<T> GetAsync(string key, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(key, out Known? known) && known!.Until > _clock.GetUtcNow())
        {
            return known.Answer;
        }

        Task<T>? task;
        lock (_gate)
        {
            if (!_underway.TryGetValue(key, out task))
            {
                task = Task.Run(() => AskAsync(key, ask), CancellationToken.None);
                _underway[key] = task;
            }
        }

        try
        {
            return await task.WaitAsync(cancellationToken);
        }
        catch (ApiException e)
        {
            throw Refuse.Unavailable($"the API server does not answer who may do what: {e.Status.Message}. The service needs the role dotmac-admin (config/admin/rbac.yaml)");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Refuse.Unavailable("the API server cannot be reached to ask who may do what; try again in a moment");
        }
    }

    public void Dispose() => _known.Dispose();

    private async Task<T> AskAsync(string key, Func<Task<T>> ask)
    {
        try
        {
            var answer = await ask();
            _known.Set(
                key,
                new Known(answer, _clock.GetUtcNow() + _remembered),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = _remembered + TimeSpan.FromSeconds(1) });
            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _underway.Remove(key);
            }
        }
    }

    private sealed record Known(T Answer, DateTimeOffset Until);
}
