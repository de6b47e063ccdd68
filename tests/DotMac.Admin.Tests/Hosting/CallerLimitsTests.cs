using DotMac.Admin.Hosting;

namespace DotMac.Admin.Tests.Hosting;

public sealed class CallerLimitsTests
{
    [Fact]
    public void A_caller_who_asks_too_often_holds_up_nobody_else()
    {
        using var limits = new CallerLimits(1);
        Enumerable.Range(0, 10).Select(_ => Take(limits, "a")).Should().OnlyContain(static got => got, "some at once are fine");
        Enumerable.Range(0, 3).Select(_ => Take(limits, "a")).Should().Contain(false);
        Take(limits, "b").Should().BeTrue();
    }

    [Fact]
    public void Who_guesses_tokens_is_stopped_and_who_has_one_is_not_counted()
    {
        using var limits = new CallerLimits(1);
        Enumerable.Range(0, 500).Select(_ => limits.IsGuessing("1.2.3.4")).Should().OnlyContain(static guessing => !guessing);
        for (var i = 0; i < 300; i++)
        {
            limits.Guessed("1.2.3.4");
        }

        limits.IsGuessing("1.2.3.4").Should().BeTrue();
        limits.IsGuessing("1.2.3.5").Should().BeFalse();
    }

    private static bool Take(CallerLimits limits, string caller)
    {
        using var lease = limits.Take(caller);
        return lease.IsAcquired;
    }
}
