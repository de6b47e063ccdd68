using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Latencies by slot of time over common bounds.</summary>
internal sealed class LatencySlots(int slots)
{
    // Replicas of one version have the same bounds, and two versions at most are up at a time. What has more is not worth keeping.
    private const int MostBounds = 64;

    private readonly long[]?[] _counts = new long[]?[slots];
    private int[] _bounds = [];

    /// <summary>Empties a slot.</summary>
    public void Clear(int slot) => _counts[slot] = null;

    /// <summary>Adds to a slot.</summary>
    /// <param name="slot">Which.</param>
    /// <param name="latency">Well-formed.</param>
    public void Add(int slot, LatencyHistogram latency)
    {
        if (!_bounds.AsSpan().SequenceEqual([.. latency.BoundsMilliseconds]))
        {
            Widen(latency.BoundsMilliseconds);
        }

        var counts = _counts[slot] ??= new long[_bounds.Length + 1];
        Add(counts, _bounds, latency.BoundsMilliseconds, latency.Counts);
    }

    /// <summary>All slots together; null when they are empty.</summary>
    public LatencyHistogram? Sum()
    {
        long[]? sum = null;
        foreach (var counts in _counts)
        {
            if (counts is null)
            {
                continue;
            }

            sum ??= new long[counts.Length];
            for (var i = 0; i < counts.Length; i++)
            {
                sum[i] = Saturating.Add(sum[i], counts[i]);
            }
        }

        return sum is null ? null : new LatencyHistogram(_bounds, sum);
    }

    private void Widen(IReadOnlyList<int> bounds)
    {
        int[] wider = [.. _bounds.Union(bounds).Order()];
        if (wider.Length > MostBounds)
        {
            // The plugin tells other bounds each time: its own loss.
            Array.Clear(_counts);
            wider = [.. bounds.Take(MostBounds)];
        }

        for (var slot = 0; slot < _counts.Length; slot++)
        {
            if (_counts[slot] is { } old)
            {
                var counts = new long[wider.Length + 1];
                Add(counts, wider, _bounds, old);
                _counts[slot] = counts;
            }
        }

        _bounds = wider;
    }

    // Each bucket keeps its upper bound; what lies above all bounds stays above all.
    private static void Add(long[] counts, int[] bounds, IReadOnlyList<int> otherBounds, IReadOnlyList<long> other)
    {
        for (var i = 0; i < other.Count; i++)
        {
            var target = i < otherBounds.Count ? Array.BinarySearch(bounds, otherBounds[i]) : bounds.Length;
            target = target < 0 ? bounds.Length : target;
            counts[target] = Saturating.Add(counts[target], other[i]);
        }
    }
}
