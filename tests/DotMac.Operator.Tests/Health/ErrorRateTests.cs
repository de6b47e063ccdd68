using DotMac.Operator.Health;

namespace DotMac.Operator.Tests.Health;

public sealed class ErrorRateTests
{
    [Theory]
    [InlineData(0, 0, false, false)]
    [InlineData(19, 19, false, false)]
    [InlineData(20, 10, false, true)]
    [InlineData(21, 10, false, false)]
    [InlineData(20, 9, false, false)]
    [InlineData(20, 5, true, true)]
    [InlineData(20, 4, true, false)]
    [InlineData(19, 19, true, false)]
    [InlineData(long.MaxValue, long.MaxValue, false, true)]
    public void It_is_high_from_one_half_on_and_until_fewer_than_a_quarter_fail(long calls, long errors, bool was, bool expected) =>
        ErrorRate.IsHigh(calls, errors, was).Should().Be(expected);
}
