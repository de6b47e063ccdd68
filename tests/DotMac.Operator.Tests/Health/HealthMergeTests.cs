using DotMac.Operator.Health;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Health;

public sealed class HealthMergeTests
{
    [Fact]
    public void One_pod_in_order_speaks_for_the_plugin()
    {
        Of(Says(PluginState.Active, new PluginCheck("credentials", HealthState.Healthy)))
            .Should().BeEquivalentTo(new HealthOpinion(HealthState.Healthy, "", [new PluginCheck("credentials", HealthState.Healthy)]));
    }

    [Fact]
    public void A_check_that_fails_in_one_pod_fails_and_is_told_by_name()
    {
        var merged = Of(
            Says(checks: [new PluginCheck("a", HealthState.Healthy), new PluginCheck("b", HealthState.Degraded, "slow")]),
            Says(checks: [new PluginCheck("b", HealthState.Healthy), new PluginCheck("a", HealthState.Unhealthy, "refused")]));
        merged!.State.Should().Be(HealthState.Unhealthy);
        merged.Message.Should().Be("a: refused");
        merged.Checks.Select(static c => (c.Name, c.State)).Should().Equal(("a", HealthState.Unhealthy), ("b", HealthState.Degraded));
    }

    [Fact]
    public void A_vendor_that_does_not_answer_one_pod_shows_like_a_check()
    {
        var down = new PluginDependency("stripe", HealthState.Degraded, "left alone", 12, 10);
        var merged = Of(
            Says() with { Report = new PluginStatusReport(State: PluginState.Active, Dependencies: [new PluginDependency("stripe", HealthState.Healthy, "", 5)]) },
            Says() with { Report = new PluginStatusReport(State: PluginState.Active, Checks: [new PluginCheck("credentials", HealthState.Healthy)], Dependencies: [down]) });
        merged!.State.Should().Be(HealthState.Degraded);
        merged.Message.Should().Be("stripe: left alone");
        merged.Checks.Select(static c => c.Name).Should().Equal("credentials", "stripe");
    }

    [Theory]
    [InlineData(PluginState.Active, HealthState.Healthy)]
    [InlineData(PluginState.Inactive, HealthState.Healthy)]
    [InlineData(PluginState.Degraded, HealthState.Degraded)]
    [InlineData(PluginState.Failed, HealthState.Unhealthy)]
    [InlineData(PluginState.Initializing, HealthState.Unknown)]
    [InlineData(PluginState.Stopping, HealthState.Unknown)]
    [InlineData(null, HealthState.Unknown)]
    public void What_a_plugin_calls_itself_counts_too(PluginState? says, HealthState expected)
    {
        var merged = Of(Says(says));
        merged!.State.Should().Be(expected);
        merged.Message.Should().Be(expected == HealthState.Healthy ? "" : $"the plugin calls itself {expected}");
    }

    [Fact]
    public void A_pod_that_is_silent_beside_one_that_speaks_is_passed_over_until_it_counts()
    {
        HealthMerge.Of([Answer(Silent("a"), 2), Answer(Says(), 0)])!.State.Should().Be(HealthState.Healthy);
        HealthMerge.Of([Answer(Silent("a"), 3), Answer(Says(), 0)])!.Should().BeEquivalentTo(new
        {
            State = HealthState.Degraded,
            Message = "1 of 2 pods do not answer; a does not answer /status: no answer within 2 s",
            Failed = false,
        });
    }

    [Fact]
    public void What_a_pod_says_of_itself_is_worse_than_the_silence_of_another() =>
        HealthMerge.Of([Answer(Silent("a"), 3), Answer(Says(checks: new PluginCheck("credentials", HealthState.Unhealthy, "refused")), 0)])!
            .Message.Should().Be("credentials: refused");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_lost_packet_is_no_answer(int failures) => HealthMerge.Of([Answer(Silent("a"), failures)]).Should().BeNull();

    [Fact]
    public void Silence_three_times_is_one() =>
        HealthMerge.Of([Answer(Silent("b"), 3), Answer(Silent("a"), 3)])!.Should().BeEquivalentTo(
            new HealthOpinion(HealthState.Unhealthy, "a does not answer /status: no answer within 2 s", [], Failed: true));

    [Fact]
    public void Checks_without_a_name_are_dropped() => Of(Says(checks: [new PluginCheck(null, HealthState.Unhealthy), new PluginCheck("", HealthState.Unhealthy)]))!.Checks.Should().BeEmpty();

    [Property(MaxTest = 300)]
    public Property The_order_of_the_pods_does_not_matter() => Prop.ForAll(
        Arb.From(Results), Arb.From(Gen.Choose(0, int.MaxValue)), static (results, seed) =>
        {
            // Caches hand pods out in any order; what is said must not change with it, or the status would be written again and again.
#pragma warning disable CA5394 // Order, not secrets.
            var random = new Random(seed);
            var shuffled = results.OrderBy(_ => random.Next()).ToList();
#pragma warning restore CA5394
            var left = HealthMerge.Of([.. results.Select(static r => Answer(r, 3))])!;
            var right = HealthMerge.Of([.. shuffled.Select(static r => Answer(r, 3))])!;
            right.SaysTheSameAs(left).Should().BeTrue("{0} is {1}", right, left);
        });

    private static Gen<ProbeResult[]> Results =>
        from count in Gen.Choose(1, 4)
        from results in (
            from state in Gen.Elements<PluginState?>(PluginState.Active, PluginState.Degraded, PluginState.Failed, null)
            from silent in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            from checks in (
            from name in Gen.Elements("a", "b", "", null)
            from health in Gen.Elements(HealthState.Healthy, HealthState.Degraded, HealthState.Unhealthy, HealthState.Unknown)
            from message in Gen.Elements("one", "two", null)
            select new PluginCheck(name, health, message)).ArrayOf(2)
            select silent ? Silent("") : Says(state, checks)).ArrayOf(count)
        select results.Select(static (r, i) => r with { Pod = $"pod-{i}" }).ToArray();

    private static HealthOpinion? Of(params ProbeResult[] results) => HealthMerge.Of([.. results.Select(static (r, i) => Answer(r with { Pod = $"pod-{i}" }, 0))]);

    private static PodAnswer Answer(ProbeResult result, int failures) => new(result, result.Report is null ? failures : 0);

    private static ProbeResult Says(PluginState? state = PluginState.Active, params PluginCheck[] checks) =>
        new("", new PluginStatusReport("twilio", "1.0.0", state, Given.Now, checks), null);

    private static ProbeResult Silent(string pod) => new(pod, null, "no answer within 2 s");
}
