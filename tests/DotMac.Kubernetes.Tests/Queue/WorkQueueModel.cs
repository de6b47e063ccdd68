namespace DotMac.Kubernetes.Tests.Queue;

/// <summary>What a work queue is, without order, in the fewest words.</summary>
internal sealed class WorkQueueModel
{
    public HashSet<int> Waiting { get; } = [];

    public HashSet<int> Processing { get; } = [];

    public Dictionary<int, long> Due { get; } = [];

    public long Now { get; private set; }

    public IEnumerable<int> Takeable => Waiting.Except(Processing);

    public void Add(int key)
    {
        Due.Remove(key);
        Waiting.Add(key);
    }

    public void AddAfter(int key, int milliseconds)
    {
        if (milliseconds <= 0)
        {
            Add(key);
        }
        else if (!Due.TryGetValue(key, out var due) || due > Now + milliseconds)
        {
            Due[key] = Now + milliseconds;
        }
    }

    public void Advance(int milliseconds)
    {
        Now += milliseconds;
        foreach (var key in Due.Where(d => d.Value <= Now).Select(static d => d.Key).ToArray())
        {
            Add(key);
        }
    }

    public void Take(int key)
    {
        Waiting.Remove(key);
        Processing.Add(key);
    }

    public void Done(int key) => Processing.Remove(key);
}
