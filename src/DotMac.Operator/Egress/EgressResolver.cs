using System.Collections.Concurrent;
using DotMac.Kubernetes.Entities;

namespace DotMac.Operator.Egress;

/// <summary>
/// Looks up the names that plugins may talk to, again and again, and tells of plugins whose names moved. A name is looked up when a plugin first
/// names it, before its policy is made: a policy that is wide for a moment, and narrow in the next, would be two writes and a hole.
/// </summary>
internal sealed class EgressResolver(IHostResolver resolver, ILogger<EgressResolver> logger, TimeProvider clock)
{
    private const int AtOnce = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, HostAnswers> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ObjectKey, IReadOnlyList<string>> _wanted = new();
    private Action<ObjectKey>? _changed;

    /// <summary>Sets who is told of plugins whose names have other addresses than before.</summary>
    public void OnChanged(Action<ObjectKey> changed) => _changed = changed;

    /// <summary>The addresses of a plugin's hosts, in CIDR notation; a host that nobody can tell of is not among them.</summary>
    /// <param name="plugin">Who asks.</param>
    /// <param name="hosts">Its hosts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfAsync(ObjectKey plugin, IReadOnlyList<string> hosts, CancellationToken cancellationToken)
    {
        _wanted[plugin] = hosts;
        var unknown = hosts.Where(host => !_answers.ContainsKey(host)).ToList();
        if (unknown.Count > 0)
        {
            // Who asks knows; but who asked for the same name at the same time may have gone with less.
            var moved = await LookUpAsync(unknown, cancellationToken);
            Tell(host => moved.GetValueOrDefault(host), other => other != plugin);
        }

        return hosts
            .Select(host => KeyValuePair.Create(host, _answers.TryGetValue(host, out var known) ? known.Ranges : []))
            .Where(static pair => pair.Value.Count > 0)
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Forgets a plugin that is gone.</summary>
    public void Forget(ObjectKey plugin) => _wanted.TryRemove(plugin, out _);

    /// <summary>Looks up until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval * (0.9 + (Random.Shared.NextDouble() * 0.2)), clock, cancellationToken);
                await RefreshAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The wish to stop.
        }
    }

    /// <summary>Looks up every name that somebody wants, once, and drops the others.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var wanted = _wanted.Values.SelectMany(static hosts => hosts).ToHashSet(StringComparer.Ordinal);
        foreach (var host in _answers.Keys.Where(host => !wanted.Contains(host)))
        {
            _answers.TryRemove(host, out _);
        }

        var moved = await LookUpAsync(wanted, cancellationToken);
        Tell(moved.ContainsKey, static _ => true);
    }

    private void Tell(Func<string, bool> moved, Func<ObjectKey, bool> whom)
    {
        foreach (var (plugin, hosts) in _wanted)
        {
            if (whom(plugin) && hosts.Any(moved))
            {
                _changed?.Invoke(plugin);
            }
        }
    }

    // The names that have other addresses than before, and whether anything was known of them before.
    private async Task<ConcurrentDictionary<string, bool>> LookUpAsync(IReadOnlyCollection<string> hosts, CancellationToken cancellationToken)
    {
        var moved = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(hosts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (host, stop) =>
        {
            var answer = await resolver.ResolveAsync(host, stop);
            HostAnswers? before = null;
            var after = _answers.AddOrUpdate(
                host,
                _ =>
                {
                    before = null;
                    return HostAnswers.None.After(answer, clock.GetUtcNow());
                },
                (_, known) =>
                {
                    before = known;
                    return known.After(answer, clock.GetUtcNow());
                });
            if (!(before ?? HostAnswers.None).Ranges.SequenceEqual(after.Ranges))
            {
                moved[host] = before is not null;
                logger.LogDebug("{Host} is found at {Addresses}", host, after.Ranges);
            }
        });
        return moved;
    }
}
