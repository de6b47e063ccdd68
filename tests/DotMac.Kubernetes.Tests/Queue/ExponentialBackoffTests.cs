using DotMac.Kubernetes.Queue;
using FsCheck.Xunit;

namespace DotMac.Kubernetes.Tests.Queue;

public sealed class ExponentialBackoffTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(11, 5120)]
    [InlineData(16, 163_840)]
    [InlineData(17, 300_000)]
    [InlineData(1000, 300_000)]
    [InlineData(int.MaxValue, 300_000)]
    public void It_doubles_from_5_ms_to_5_minutes(int failures, double milliseconds) =>
        ExponentialBackoff.Default.Delay(failures, random: 0).TotalMilliseconds.Should().Be(milliseconds);

    [Property]
    public bool It_never_shrinks_and_never_leaves_its_bounds(short failures, byte chance)
    {
        var backoff = ExponentialBackoff.Connection;
        var n = Math.Abs((int)failures) + 1;
        var random = chance / 255.0;
        var delay = backoff.Delay(n, random);
        return delay >= backoff.First && delay <= backoff.Longest && backoff.Delay(n + 1, random) >= delay;
    }

    [Fact]
    public void Chance_adds_its_share_and_no_more()
    {
        var backoff = new ExponentialBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), Jitter: 0.5);
        backoff.Delay(1, 0).Should().Be(TimeSpan.FromSeconds(1));
        backoff.Delay(1, 1).Should().Be(TimeSpan.FromSeconds(1.5));
        backoff.Delay(100, 1).Should().Be(TimeSpan.FromMinutes(1));
        backoff.Delay(1).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(1.5));
    }
}
