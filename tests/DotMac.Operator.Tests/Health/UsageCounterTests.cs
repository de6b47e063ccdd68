using DotMac.Operator.Health;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Health;

public sealed class UsageCounterTests
{
    private static readonly DateTimeOffset Started = Given.Now.AddMinutes(-1);

    private readonly UsageCounter _fresh = new(0, 0, null);

    [Fact]
    public void Pods_add_up()
    {
        _fresh.Add("a", Says(10, 1), Given.Now);
        _fresh.Add("b", Says(5, 2), Given.Now);
        _fresh.Add("a", Says(12, 1), Given.Now);
        (_fresh.Calls, _fresh.Errors).Should().Be((17, 3));
        _fresh.Recent(Given.Now).SameNumbersAs(new RecentUsage(17, 3, null)).Should().BeTrue();
    }

    [Fact]
    public void A_process_that_starts_anew_goes_on_where_the_last_one_ended()
    {
        _fresh.Add("a", Says(10, 1), Given.Now);
        _fresh.Add("a", Says(3, 0, Started.AddSeconds(30)), Given.Now);
        _fresh.Add("a", Says(4, 1, Started.AddSeconds(30)), Given.Now);
        (_fresh.Calls, _fresh.Errors).Should().Be((14, 2));
    }

    [Fact]
    public void A_process_that_caught_up_with_the_last_one_is_told_by_its_start()
    {
        _fresh.Add("a", Says(10), Given.Now);
        _fresh.Add("a", Says(10, 0, Started.AddSeconds(30)), Given.Now);
        _fresh.Calls.Should().Be(20);
    }

    [Fact]
    public void A_count_that_went_back_is_a_new_one_even_without_a_start()
    {
        _fresh.Add("a", Says(10, 0, null, noStart: true), Given.Now);
        _fresh.Add("a", Says(2, 0, null, noStart: true), Given.Now);
        _fresh.Calls.Should().Be(12);
    }

    [Fact]
    public void What_pods_did_that_are_gone_stays_counted()
    {
        _fresh.Add("a", Says(10), Given.Now);
        _fresh.Keep(static _ => false);
        _fresh.Add("b", Says(1), Given.Now);
        _fresh.Calls.Should().Be(11);
    }

    [Fact]
    public void An_operator_that_starts_anew_goes_on_from_what_it_wrote()
    {
        // 100 were written, of which 40 are of processes that run still, and have made 2 more since.
        var usage = new UsageCounter(100, 10, Given.Now);
        usage.Add("a", Says(22), Given.Now);
        usage.Add("b", Says(20), Given.Now);
        usage.Calls.Should().Be(100, "which of them are new cannot be known, and none is counted twice");
        usage.Add("a", Says(25), Given.Now);
        usage.Calls.Should().Be(103);
        usage.Add("c", Says(7, 1, Given.Now.AddSeconds(1)), Given.Now.AddSeconds(20));
        (usage.Calls, usage.Errors).Should().Be((110, 11), "a process that began after the writing is new");
    }

    [Fact]
    public void More_than_was_written_is_believed()
    {
        var usage = new UsageCounter(100, 0, Given.Now);
        usage.Add("a", Says(130), Given.Now);
        usage.Calls.Should().Be(130);
    }

    [Fact]
    public void What_a_process_did_long_before_it_was_met_is_not_of_the_last_minutes()
    {
        _fresh.Add("a", Says(1000, 500, Given.Now.AddHours(-1)), Given.Now);
        _fresh.Recent(Given.Now).Calls.Should().Be(0);
        _fresh.Add("a", Says(1001, 500, Given.Now.AddHours(-1)), Given.Now);
        _fresh.Recent(Given.Now).Calls.Should().Be(1);
        _fresh.Calls.Should().Be(1001);
    }

    [Fact]
    public void After_five_minutes_what_happened_is_over()
    {
        _fresh.Add("a", Says(10, 5), Given.Now);
        _fresh.Recent(Given.Now + UsageWindow.Span - TimeSpan.FromSeconds(1)).Calls.Should().Be(10);
        _fresh.Recent(Given.Now + UsageWindow.Span + TimeSpan.FromSeconds(31)).Should().Be(default(RecentUsage));
        _fresh.Latest(Given.Now + TimeSpan.FromMinutes(1)).Calls.Should().Be(0);
    }

    [Fact]
    public void A_clock_that_is_set_back_loses_nothing_and_breaks_nothing()
    {
        _fresh.Add("a", Says(10), Given.Now);
        _fresh.Add("a", Says(12), Given.Now.AddDays(-1));
        _fresh.Recent(Given.Now.AddDays(-1)).Calls.Should().Be(12);
        _fresh.Recent(Given.Now.AddDays(1)).Calls.Should().Be(0);
    }

    [Fact]
    public void Latencies_are_those_of_the_last_minutes_and_of_all_pods()
    {
        _fresh.Add("a", Says(10, latency: new LatencyHistogram([10, 100], [10, 0, 0])), Given.Now);
        _fresh.Add("b", Says(10, latency: new LatencyHistogram([10, 100], [0, 10, 0])), Given.Now);
        _fresh.Recent(Given.Now).Latency!.Counts.Should().Equal(10, 10, 0);
        var later = Given.Now.AddMinutes(6);
        _fresh.Add("a", Says(12, latency: new LatencyHistogram([10, 100], [10, 1, 1])), later);
        _fresh.Recent(later).Latency!.Counts.Should().Equal(0, 1, 1);
    }

    [Fact]
    public void Two_versions_with_other_bounds_lose_nothing()
    {
        _fresh.Add("old", Says(2, latency: new LatencyHistogram([10, 100], [1, 0, 1])), Given.Now);
        _fresh.Add("new", Says(3, latency: new LatencyHistogram([50], [2, 1])), Given.Now);
        _fresh.Add("old", Says(3, latency: new LatencyHistogram([10, 100], [1, 1, 1])), Given.Now);
        var latency = _fresh.Recent(Given.Now).Latency!;
        latency.BoundsMilliseconds.Should().Equal(10, 50, 100);
        latency.Counts.Should().Equal(1, 2, 1, 2);
    }

    [Fact]
    public void Bounds_that_change_each_time_take_no_memory_without_end()
    {
        for (var i = 0; i < 1000; i++)
        {
            _fresh.Add("a", Says(i + 1, latency: new LatencyHistogram([i + 1], [1, 0])), Given.Now);
        }

        var latency = _fresh.Recent(Given.Now).Latency!;
        latency.IsWellFormed().Should().BeTrue();
        latency.BoundsMilliseconds.Count.Should().BeLessThanOrEqualTo(64);
    }

    [Fact]
    public void Huge_numbers_do_not_turn_negative_and_errors_are_never_more_than_calls()
    {
        _fresh.Add("a", Says(long.MaxValue, long.MaxValue), Given.Now);
        _fresh.Add("b", Says(5, 9), Given.Now);
        (_fresh.Calls, _fresh.Errors).Should().Be((long.MaxValue, long.MaxValue));
        _fresh.Recent(Given.Now).Calls.Should().Be(long.MaxValue);
    }

    [Property(MaxTest = 300)]
    public Property However_pods_come_and_go_and_start_anew_the_sum_is_that_of_all_calls() => Prop.ForAll(
        Arb.From((from pod in Gen.Choose(0, 2) from calls in Gen.Choose(0, 9) from errors in Gen.Choose(0, 3) from restart in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true))) select (pod, calls, errors, restart)).ListOf()),
        static steps =>
        {
            var usage = new UsageCounter(0, 0, null);
            var (calls, errors) = (new long[3], new long[3]);
            var starts = new[] { Started, Started, Started };
            var (allCalls, allErrors, now) = (0L, 0L, Given.Now);
            foreach (var step in steps)
            {
                now = now.AddSeconds(1);
                if (step.restart)
                {
                    (calls[step.pod], errors[step.pod], starts[step.pod]) = (0, 0, now);
                }

                var failed = Math.Min(step.errors, step.calls);
                (calls[step.pod], errors[step.pod]) = (calls[step.pod] + step.calls, errors[step.pod] + failed);
                (allCalls, allErrors) = (allCalls + step.calls, allErrors + failed);
                usage.Add($"{step.pod}", Says(calls[step.pod], errors[step.pod], starts[step.pod]), now);
            }

            (usage.Calls, usage.Errors).Should().Be((allCalls, allErrors));
        });

    private static PluginStatusReport Says(long calls, long errors = 0, DateTimeOffset? started = null, LatencyHistogram? latency = null, bool noStart = false) =>
        new("twilio", "1.0.0", PluginState.Active, noStart ? null : started ?? Started, Metrics: new PluginMetrics(calls, errors, latency));
}
