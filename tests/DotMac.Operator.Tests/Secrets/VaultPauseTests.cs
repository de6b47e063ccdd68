using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Secrets;

public sealed class VaultPauseTests
{
    private static readonly Verdict Sealed = Verdict.Unknown("VaultSealed", "unseal it");

    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly VaultPause _pause;

    public VaultPauseTests() => _pause = new VaultPause(_clock);

    [Fact]
    public void While_all_is_well_everybody_asks() => _pause.Now().Should().BeNull();

    [Fact]
    public void It_grows_while_the_trouble_lasts_and_not_beyond_a_minute()
    {
        var pauses = new List<double>();
        for (var i = 0; i < 15; i++)
        {
            var pause = _pause.Begin(Sealed);
            pauses.Add(pause.TotalSeconds);
            _clock.Advance(pause);
            _pause.Now().Should().BeNull("one asks for all");
        }

        pauses.Should().Equal(5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60);
    }

    [Fact]
    public void Those_who_asked_at_the_same_time_count_as_one()
    {
        Enumerable.Range(0, 16).Select(_ => _pause.Begin(Sealed).TotalSeconds).Should().AllBeEquivalentTo(5.0);
        _clock.Advance(TimeSpan.FromSeconds(4));
        _pause.Begin(Sealed).TotalSeconds.Should().Be(5, "the last of them was slow");
        _pause.Now()!.Value.LookAgain.TotalSeconds.Should().Be(5);
    }

    [Fact]
    public void The_others_wait_while_one_asks_and_another_goes_when_that_one_is_never_heard_of_again()
    {
        _clock.Advance(_pause.Begin(Sealed) - TimeSpan.FromSeconds(1));
        _pause.Now().Should().Be((Sealed, TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _pause.Now().Should().BeNull();
        _pause.Now().Should().Be((Sealed, TimeSpan.FromSeconds(5)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _pause.Now().Should().BeNull();
    }

    [Fact]
    public void An_answer_ends_it_and_the_next_one_is_short_again()
    {
        for (var i = 0; i < 4; i++)
        {
            _clock.Advance(_pause.Begin(Sealed));
            _pause.Now();
        }

        _pause.Over();
        _pause.Now().Should().BeNull();
        _pause.Begin(Sealed).TotalSeconds.Should().Be(5);
    }
}
