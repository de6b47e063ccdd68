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
        var latency = new LatencyHistogram([10], [1, 0], 5);
        Of(Says(PluginState.Active, 10, 1, latency, new PluginCheck("credentials", HealthState.Healthy)))
            .Should().BeEquivalentTo(new HealthSnapshot(
                HealthState.Healthy, "", [new PluginCheck("credentials", HealthState.Healthy)], 10, 1, latency, Given.Now, Given.Now));
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
    public void Calls_add_up_and_never_below_zero()
    {
        var merged = Of(Says(calls: long.MaxValue - 1, errors: 2), Says(calls: 5, errors: 3));
        merged!.ApiCalls.Should().Be(long.MaxValue);
        merged.ApiErrors.Should().Be(5);
    }

    [Fact]
    public void Latencies_are_of_all_pods_and_the_start_is_the_earliest()
    {
        var merged = Of(
            Says(latency: new LatencyHistogram([10, 100], [1, 2, 3], 10)),
            Says(latency: null) with { Report = new PluginStatusReport(State: PluginState.Active, StartedAt: Given.Now.AddDays(-1)) },
            Says(latency: new LatencyHistogram([10, 100], [4, 0, 0], 20)));
        merged!.Latency!.Counts.Should().Equal(5, 2, 3);
        merged.StartedAt.Should().Be(Given.Now.AddDays(-1));
    }

    [Fact]
    public void A_pod_that_is_silent_beside_one_that_speaks_is_passed_over() => Of(Silent("a"), Says(PluginState.Active))!.State.Should().Be(HealthState.Healthy);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_lost_packet_is_no_answer(int failures)
    {
        var before = Situation.Answer();
        HealthMerge.Of([Silent("a")], before, failures, Given.Now).Should().BeSameAs(before);
        HealthMerge.Of([Silent("a")], null, failures, Given.Now).Should().BeNull();
    }

    [Fact]
    public void Silence_three_times_is_one_and_the_last_numbers_stay()
    {
        var merged = HealthMerge.Of([Silent("b"), Silent("a")], Situation.Answer(), 3, Given.Now.AddMinutes(1))!;
        merged.Should().BeEquivalentTo(new
        {
            State = HealthState.Unhealthy,
            Failed = true,
            Message = "a does not answer /status: no answer within 2 s",
            ApiCalls = 1042L,
            ApiErrors = 3L,
            CheckedAt = Given.Now.AddMinutes(1),
        });
        merged.Checks.Should().BeEmpty();
    }

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
            var left = HealthMerge.Of(results, null, 3, Given.Now)!;
            var right = HealthMerge.Of(shuffled, null, 3, Given.Now)!;
            right.MeansTheSameAs(left).Should().BeTrue("{0} is {1}", right, left);
            (right.ApiCalls, right.ApiErrors, right.StartedAt).Should().Be((left.ApiCalls, left.ApiErrors, left.StartedAt));
        });

    private static Gen<ProbeResult[]> Results =>
        from count in Gen.Choose(1, 4)
        from results in (
            from state in Gen.Elements<PluginState?>(PluginState.Active, PluginState.Degraded, PluginState.Failed, null)
            from silent in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            from calls in Gen.Choose(0, 100)
            from checks in (
                from name in Gen.Elements("a", "b", "", null)
                from health in Gen.Elements(HealthState.Healthy, HealthState.Degraded, HealthState.Unhealthy, HealthState.Unknown)
                from message in Gen.Elements("one", "two", null)
                select new PluginCheck(name, health, message)).ArrayOf(2)
            select silent ? Silent("") : Says(state, calls, 0, null, checks)).ArrayOf(count)
        select results.Select(static (r, i) => r with { Pod = $"pod-{i}" }).ToArray();

    private static HealthSnapshot? Of(params ProbeResult[] results) => HealthMerge.Of([.. results.Select(static (r, i) => r with { Pod = $"pod-{i}" })], null, 0, Given.Now);

    private static ProbeResult Says(
        PluginState? state = PluginState.Active, long calls = 0, long errors = 0, LatencyHistogram? latency = null, params PluginCheck[] checks) =>
        new("", new PluginStatusReport("twilio", "1.0.0", state, Given.Now, checks, new PluginMetrics(calls, errors, latency)), null);

    private static ProbeResult Silent(string pod) => new(pod, null, "no answer within 2 s");
}
