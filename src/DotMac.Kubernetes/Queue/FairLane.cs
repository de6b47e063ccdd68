namespace DotMac.Kubernetes.Queue;

/// <summary>
/// Keys in rounds: every group with something waiting gets one key taken a round, so that a group with a thousand keys does not make
/// another with one key wait for all of them. Within a group, first in is first out.
/// </summary>
internal sealed class FairLane<TKey>(Func<TKey, string> group)
    where TKey : notnull
{
    private readonly Dictionary<string, Queue<TKey>> _groups = new(StringComparer.Ordinal);
    private readonly Queue<string> _round = new();

    public int Count { get; private set; }

    public void Enqueue(TKey key)
    {
        var name = group(key);
        if (!_groups.TryGetValue(name, out var keys))
        {
            _groups[name] = keys = new Queue<TKey>(1);
            _round.Enqueue(name);
        }

        keys.Enqueue(key);
        Count++;
    }

    public TKey Dequeue()
    {
        var name = _round.Dequeue();
        var keys = _groups[name];
        var key = keys.Dequeue();
        Count--;
        if (keys.Count > 0)
        {
            _round.Enqueue(name);
        }
        else
        {
            // A group that is empty is forgotten: ten thousand namespaces that once had work cost nothing.
            _groups.Remove(name);
        }

        return key;
    }
}
