using DotMac.Plugins.Contract.Status;
using FsCheck;
using FsCheck.Xunit;

namespace DotMac.Plugins.Contract.Tests.Status;

public class LatencyHistogramTests
{
    private static readonly LatencyHistogram Sample = new([10, 100, 1000], [0, 80, 20, 0], 12_000);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(40, 55)]
    [InlineData(80, 100)]
    [InlineData(90, 550)]
    [InlineData(100, 1000)]
    public void PercentilesAreInterpolatedInsideTheirBucket(double percentile, double expected) =>
        Sample.Percentile(percentile).Should().BeApproximately(expected, 1e-9);

    [Fact]
    public void AboveAllBoundsTheHighestBoundIsTheBestGuess() =>
        new LatencyHistogram([10], [0, 5], 500).Percentile(50).Should().Be(10);

    [Fact]
    public void NothingObservedMeansNoPercentile()
    {
        new LatencyHistogram([10], [0, 0]).Percentile(50).Should().BeNull();
        new LatencyHistogram().Percentile(50).Should().BeNull();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(double.NaN)]
    public void APercentileIsFrom0To100(double percentile) =>
        FluentActions.Invoking(() => Sample.Percentile(percentile)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void EqualBoundsAddUp()
    {
        LatencyHistogram merged = Sample.Merge(Sample);

        merged.BoundsMilliseconds.Should().Equal(10, 100, 1000);
        merged.Counts.Should().Equal(0, 160, 40, 0);
        merged.SumMilliseconds.Should().Be(24_000);
    }

    [Fact]
    public void DifferentBoundsKeepTheirUpperEdges()
    {
        LatencyHistogram merged = Sample.Merge(new LatencyHistogram([50, 100], [1, 2, 3], 7));

        merged.BoundsMilliseconds.Should().Equal(10, 50, 100, 1000);
        merged.Counts.Should().Equal(0, 1, 82, 20, 3);
        merged.Total().Should().Be(106);
    }

    [Fact]
    public void HugeCountsDoNotOverflow()
    {
        var huge = new LatencyHistogram([10], [long.MaxValue, long.MaxValue], 1);

        huge.Merge(huge).Counts.Should().Equal(long.MaxValue, long.MaxValue);
        huge.Total().Should().Be(long.MaxValue);
        huge.Percentile(25).Should().BeApproximately(5, 1e-6);
    }

    [Fact]
    public void MalformedHistogramsAreToldApart()
    {
        LatencyHistogram[] malformed =
        [
            new([10, 20], [1, 2]), new([20, 10], [1, 2, 3]), new([10, 10], [1, 2, 3]), new([0], [1, 2]),
            new([10], [-1, 2]), new([10], [1, 2], double.NaN), new([10], [1, 2], -1),
        ];

        malformed.Should().OnlyContain(histogram => !histogram.IsWellFormed());
        Sample.IsWellFormed().Should().BeTrue();
        FluentActions.Invoking(() => Sample.Merge(malformed[0])).Should().Throw<InvalidOperationException>();
    }

    [Property]
    public bool MergingIsCommutativeAndPercentilesGrow(PositiveInt[] firstBounds, PositiveInt[] secondBounds, byte seed)
    {
        LatencyHistogram first = Make(firstBounds, seed);
        LatencyHistogram second = Make(secondBounds, (byte)(seed + 7));
        LatencyHistogram merged = first.Merge(second);
        double[] percentiles = [.. new[] { 0d, 25, 50, 95, 99, 100 }.Select(merged.Percentile).OfType<double>()];
        return merged.Counts.SequenceEqual(second.Merge(first).Counts)
            && merged.Total() == first.Total() + second.Total()
            && percentiles.SequenceEqual(percentiles.Order());
    }

    private static LatencyHistogram Make(PositiveInt[] values, byte seed)
    {
        int[] bounds = [.. values.Select(value => value.Get).Distinct().Order()];
        return new LatencyHistogram(bounds, [.. Enumerable.Range(0, bounds.Length + 1).Select(index => (long)((index + seed) % 5))]);
    }
}
