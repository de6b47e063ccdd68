using DotMac.Operator.Reconciliation;
using DotMac.Operator.Rollouts;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;
using FsCheck;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Rollouts;

/// <summary>When a new revision is taken for good, and when it is taken back.</summary>
public sealed class RolloutJudgeTests
{
    private static readonly PluginRevision Wanted = new("twilio-new", new TenantPluginSpec { Version = "1.1.0" });
    private static readonly Verdict There = Verdict.True("PodsAvailable", "1 of 1");
    private static readonly Verdict Missing = Verdict.False("ImagePullFailed", "no such image");

    [Fact]
    public void The_first_look_starts_the_clock_and_remembers_how_the_plugin_was()
    {
        var verdict = RolloutJudge.Of(new RolloutState("twilio-old", null, null), HealthState.Degraded, Facts(0));
        verdict.State.Should().BeEquivalentTo(new RolloutState(
            "twilio-old", new TenantPluginRollout { Revision = "twilio-new", StartedAt = Given.Now, HealthBefore = HealthState.Degraded }, null));
        verdict.LookAgain.Should().Be(TimeSpan.FromSeconds(300));
    }

    [Theory]
    [InlineData(HealthState.Healthy, 5, 5, true)]
    [InlineData(HealthState.Healthy, 5, 4, false)] // asked before the new pods took over
    [InlineData(HealthState.Healthy, 0, 0, false)] // asked before it was begun
    [InlineData(HealthState.Degraded, 5, 6, false)]
    [InlineData(HealthState.Unhealthy, 5, 6, false)]
    [InlineData(HealthState.Unknown, 5, 6, false)]
    public void It_is_good_once_its_own_pods_said_that_they_are_well(HealthState health, int availableAt, int askedAt, bool isGood)
    {
        var verdict = RolloutJudge.Of(Trying(), null, Facts(10, health, There, availableAt, askedAt));
        verdict.HasProven.Should().Be(isGood);
        verdict.State.Current.Should().Be(isGood ? "twilio-new" : "twilio-old");
        verdict.State.Rollout.Should().Match<TenantPluginRollout?>(r => r == null == isGood);
        (verdict.LookAgain is null).Should().Be(isGood);
    }

    [Fact]
    public void It_is_taken_back_when_its_time_is_over_and_says_why()
    {
        RolloutJudge.Of(Trying(), null, Facts(299, available: Missing)).HasGivenUp.Should().BeFalse();
        var verdict = RolloutJudge.Of(Trying(), null, Facts(300, available: Missing));
        verdict.HasGivenUp.Should().BeTrue();
        verdict.State.Should().BeEquivalentTo(new RolloutState("twilio-old", null, new TenantPluginRollback
        {
            Revision = "twilio-new",
            Version = "1.1.0",
            At = Given.Now.AddSeconds(300),
            Reason = "ImagePullFailed",
            Message = "no such image",
        }));
        RolloutJudge.Of(Trying(), null, Facts(300, HealthState.Unhealthy, There, 5, 299)).State.Rollback!.Reason.Should().Be("ChecksFailed");
    }

    [Fact]
    public void What_was_taken_back_stays_so_and_another_revision_is_tried()
    {
        var state = RolloutJudge.Of(Trying(), null, Facts(300, available: Missing)).State;
        RolloutJudge.Of(state, null, Facts(9000, HealthState.Healthy, There, 9000, 9000)).State.Should().Be(state);
        var other = RolloutJudge.Of(state, HealthState.Healthy, Facts(9000) with { Wanted = Wanted with { Name = "twilio-newer" } });
        other.State.Rollback.Should().BeNull();
        other.State.Rollout!.StartedAt.Should().Be(Given.Now.AddSeconds(9000));

        // Or the same, when somebody who knows that the cause is gone asks for a restart.
        RolloutJudge.Of(state, HealthState.Healthy, Facts(9000) with { Restart = "2026-01-01T00:00:00Z" }).State.Rollout!.Revision.Should().Be("twilio-new");
    }

    [Theory]
    [InlineData(HealthState.Degraded, HealthState.Degraded, false)]
    [InlineData(HealthState.Unhealthy, HealthState.Degraded, false)]
    [InlineData(HealthState.Degraded, HealthState.Unhealthy, true)]
    [InlineData(HealthState.Healthy, HealthState.Degraded, true)]
    [InlineData(HealthState.Unknown, HealthState.Degraded, true)]
    [InlineData(HealthState.Degraded, HealthState.Unknown, true)]
    public void A_vendors_outage_that_was_there_before_is_not_the_new_revisions_fault(HealthState before, HealthState now, bool isTakenBack) =>
        RolloutJudge.Of(Trying(before), null, Facts(1000, now, There, 5, 900)).HasGivenUp.Should().Be(isTakenBack);

    [Fact]
    public void A_first_installation_has_nothing_to_go_back_to()
    {
        var verdict = RolloutJudge.Of(new RolloutState(null, Trying().Rollout, null), null, Facts(100_000, available: Missing));
        verdict.HasGivenUp.Should().BeFalse();
        verdict.State.Rollout.Should().NotBeNull();
        verdict.LookAgain.Should().BeNull("nothing but news matters");
    }

    [Fact]
    public void The_clock_does_not_run_while_the_revision_is_not_applied_or_the_plugin_switched_off()
    {
        RolloutJudge.Of(Trying(), null, Facts(1000, available: Missing) with { IsApplied = false }).State.Should().Be(new RolloutState("twilio-old", null, null));
        var off = Given.Evaluation(Given.Plugin("""{"plugin":"twilio","enabled":false}""")).Effective;
        RolloutJudge.Of(Trying(), null, Facts(1000, available: Missing) with { Effective = off }).State.Should().Be(new RolloutState("twilio-old", null, null));
    }

    [Fact]
    public void A_config_that_is_taken_over_in_place_is_good_once_the_kubelet_had_time_to_bring_it()
    {
        var hot = Given.Evaluation(Given.Plugin("""{"plugin":"twilio","reload":"Hot"}""")).Effective;
        RolloutJudge.Of(Trying(), null, Facts(89, HealthState.Healthy, There, 5, 80) with { Effective = hot }).HasProven.Should().BeFalse();
        RolloutJudge.Of(Trying(), null, Facts(90, HealthState.Healthy, There, 5, 80) with { Effective = hot }).HasProven.Should().BeTrue();
    }

    [Property]
    public void Whatever_is_seen_the_last_good_revision_is_forgotten_for_a_proven_one_alone(HealthState health, bool available, bool applied, PositiveInt seconds, NonNegativeInt asked)
    {
        var facts = Facts(seconds.Get, health, available ? There : Missing, 3, asked.Get) with { IsApplied = applied };
        var verdict = RolloutJudge.Of(Trying(), HealthState.Healthy, facts);
        (verdict.State.Current == "twilio-new").Should().Be(verdict.HasProven);
        (verdict.HasProven && verdict.HasGivenUp).Should().BeFalse();
        (verdict.State.Rollback is not null).Should().Be(verdict.HasGivenUp);
        RolloutJudge.Of(verdict.State, HealthState.Healthy, facts).HasGivenUp.Should().BeFalse("nothing is given up twice");
    }

    private static RolloutState Trying(HealthState before = HealthState.Healthy) =>
        new("twilio-old", new TenantPluginRollout { Revision = "twilio-new", StartedAt = Given.Now, HealthBefore = before }, null);

    private static RolloutFacts Facts(
        int seconds, HealthState health = HealthState.Unknown, Verdict? available = null, int? availableAt = null, int? askedAt = null) => new(
        Wanted,
        Given.Evaluation(Given.Plugin()).Effective,
        IsApplied: true,
        available ?? Missing,
        availableAt is { } at ? Given.Now.AddSeconds(at) : null,
        health,
        askedAt is { } asked ? Given.Now.AddSeconds(asked) : null,
        "the vendor refuses",
        Given.Now.AddSeconds(seconds));
}
