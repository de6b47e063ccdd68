namespace DotMac.Plugins.Contract.Status;

/// <summary>
/// Durations counted in buckets. Histograms of several replicas merge into one without loss as long as their bounds are the same, and
/// with the resolution of both when they are not.
/// </summary>
/// <param name="BoundsMilliseconds">The upper bounds of the buckets, inclusive, in milliseconds, strictly increasing and positive.</param>
/// <param name="Counts">Observations per bucket (not cumulative); one more than bounds, the last one for what is above all bounds.</param>
/// <param name="SumMilliseconds">The sum of all observations in milliseconds.</param>
public sealed record LatencyHistogram(IReadOnlyList<int>? BoundsMilliseconds = null, IReadOnlyList<long>? Counts = null, double SumMilliseconds = 0)
{
    /// <summary>The upper bounds of the buckets, inclusive, in milliseconds, strictly increasing and positive.</summary>
    public IReadOnlyList<int> BoundsMilliseconds { get; init; } = BoundsMilliseconds ?? [];

    /// <summary>Observations per bucket (not cumulative); one more than bounds, the last one for what is above all bounds.</summary>
    public IReadOnlyList<long> Counts { get; init; } = Counts ?? [0];

    /// <summary>Whether bounds and counts fit together. A histogram from outside must be asked before it is used.</summary>
    /// <returns>True when <see cref="Merge"/> and <see cref="Percentile"/> can take it.</returns>
    public bool IsWellFormed() =>
        Counts.Count == BoundsMilliseconds.Count + 1
        && Counts.All(count => count >= 0)
        && BoundsMilliseconds.All(bound => bound > 0)
        && BoundsMilliseconds.Zip(BoundsMilliseconds.Skip(1)).All(pair => pair.First < pair.Second)
        && double.IsFinite(SumMilliseconds)
        && SumMilliseconds >= 0;

    /// <summary>The number of observations; stays at <see cref="long.MaxValue"/> instead of overflowing.</summary>
    /// <returns>The sum of <see cref="Counts"/>.</returns>
    public long Total() => Counts.Aggregate(0L, AddSaturating);

    /// <summary>Both histograms' observations in one. Each bucket keeps its upper bound, so different bounds lose nothing but lower edges.</summary>
    /// <param name="other">The other, well-formed.</param>
    /// <returns>A histogram over the bounds of both.</returns>
    /// <exception cref="InvalidOperationException">One of them is not well-formed.</exception>
    public LatencyHistogram Merge(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require(this);
        Require(other);
        int[] bounds = [.. BoundsMilliseconds.Union(other.BoundsMilliseconds).Order()];
        long[] counts = new long[bounds.Length + 1];
        AddTo(counts, bounds, this);
        AddTo(counts, bounds, other);
        return new LatencyHistogram(bounds, counts, SumMilliseconds + other.SumMilliseconds);
    }

    /// <summary>Estimates a percentile as Prometheus' <c>histogram_quantile</c> does: linear inside a bucket, the highest bound above all bounds.</summary>
    /// <param name="percentile">From 0 to 100; 95 means p95.</param>
    /// <returns>Milliseconds, or null when there is nothing to estimate from.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The percentile is not within 0 and 100.</exception>
    /// <exception cref="InvalidOperationException">The histogram is not well-formed.</exception>
    public double? Percentile(double percentile)
    {
        if (!(percentile is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile is from 0 to 100.");
        }

        Require(this);
        double total = Counts.Sum(count => (double)count);
        if (total == 0 || BoundsMilliseconds.Count == 0)
        {
            return null;
        }

        double rank = percentile / 100 * total;
        double below = 0;
        for (int bucket = 0; bucket < BoundsMilliseconds.Count; bucket++)
        {
            if (Counts[bucket] > 0 && below + Counts[bucket] >= rank)
            {
                double lower = bucket == 0 ? 0 : BoundsMilliseconds[bucket - 1];
                double share = (rank - below) / Counts[bucket];
                return lower + ((BoundsMilliseconds[bucket] - lower) * share);
            }

            below += Counts[bucket];
        }

        return BoundsMilliseconds[^1];
    }

    private static void AddTo(long[] counts, int[] bounds, LatencyHistogram source)
    {
        for (int bucket = 0; bucket < source.BoundsMilliseconds.Count; bucket++)
        {
            int target = Array.BinarySearch(bounds, source.BoundsMilliseconds[bucket]);
            counts[target] = AddSaturating(counts[target], source.Counts[bucket]);
        }

        counts[^1] = AddSaturating(counts[^1], source.Counts[^1]);
    }

    // Counts come from containers we do not trust: two huge ones must not turn negative.
    private static long AddSaturating(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static void Require(LatencyHistogram histogram)
    {
        if (!histogram.IsWellFormed())
        {
            throw new InvalidOperationException("The histogram's bounds and counts do not fit together.");
        }
    }
}
