using System.Collections.Concurrent;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;
using DotMac.Testing;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Health;

public sealed class HealthProberTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // Intervals are jittered by a tenth either way.
    private static readonly TimeSpan Longest = Interval * 1.1;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2.2);
    private static readonly ObjectKey Twilio = new(Given.Namespace, "twilio");

    private readonly FakeClient _client = new();
    private readonly FakePodProbe _probe = new();
    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly TestLogger<HealthProber> _log = new();
    private readonly ConcurrentQueue<bool> _told = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HealthProber _prober;
    private Task _running = Task.CompletedTask;

    public HealthProberTests()
    {
        _prober = new HealthProber(new PluginCaches(_client.Informers), _probe, Interval, _log, _clock);
        _prober.OnChanged((plugin, atOnce) =>
        {
            plugin.Should().Be(Twilio);
            _told.Enqueue(atOnce);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        _prober.Dispose();
        _stop.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task A_ready_pod_is_asked_at_once_and_the_answer_is_told()
    {
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _told.Should().Equal(true);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Healthy);
        _prober.Get(Twilio)!.CheckedAt.Should().Be(Given.Now);
        _prober.Get(new ObjectKey("other", "twilio")).Should().BeNull();
    }

    [Fact]
    public async Task Every_ready_pod_of_a_plugin_is_asked_and_no_other()
    {
        await StartAsync(Pods.Ready("twilio-1"), Pods.Ready("twilio-2"), Pods.NotReady("twilio-3"), Pods.Ready("twilio-4").Leaving());
        await AskedAsync(2);
        _probe.Asked.Should().BeEquivalentTo("twilio-1", "twilio-2");
    }

    [Fact]
    public async Task It_is_asked_again_and_again_and_the_same_answer_is_no_news()
    {
        await StartAsync(Pods.Ready());
        for (var times = 1; times <= 4; times++)
        {
            await AskedAsync(times);
            _clock.Advance(Longest);
        }

        await AskedAsync(5);
        _told.Should().Equal(true);
    }

    [Fact]
    public async Task Numbers_that_moved_are_told_as_less_urgent()
    {
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Active, calls: 7);
        _clock.Advance(Longest);
        await AskedAsync(2);
        _told.Should().Equal(true, false);
        _prober.Get(Twilio)!.ApiCalls.Should().Be(7);
    }

    [Fact]
    public async Task Trouble_is_told_at_once()
    {
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Failed);
        _clock.Advance(Longest);
        await AskedAsync(2);
        _told.Should().Equal(true, true);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Unhealthy);
    }

    [Fact]
    public async Task Silence_counts_the_third_time_and_is_found_out_quickly()
    {
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _probe.Answer = FakePodProbe.Silent;
        _clock.Advance(Longest);
        await AskedAsync(2);
        _clock.Advance(Soon);
        await AskedAsync(3);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Healthy, "a lost packet is no answer");
        _clock.Advance(Soon);
        await AskedAsync(4);
        _told.Should().Equal(true, true);
        _prober.Get(Twilio)!.Failed.Should().BeTrue();

        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Active);
        _clock.Advance(Longest);
        await AskedAsync(5);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Unhealthy, "one good answer is not enough");
        _clock.Advance(Soon);
        await AskedAsync(6);
        _told.Should().Equal(true, true, true);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Healthy);
    }

    [Fact]
    public async Task A_plugin_that_does_not_know_yet_is_asked_again_soon()
    {
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Initializing);
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _clock.Advance(Soon);
        await AskedAsync(2);
    }

    [Fact]
    public async Task One_that_never_knows_is_asked_like_any_other_in_the_end()
    {
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Initializing);
        await StartAsync(Pods.Ready());
        for (var times = 1; times <= 31; times++)
        {
            await AskedAsync(times);
            _clock.Advance(Soon);
        }

        _probe.Asked.Should().HaveCount(31);
        _clock.Advance(Longest);
        await AskedAsync(32);
    }

    [Fact]
    public async Task A_pod_that_becomes_ready_is_asked_without_waiting_for_the_interval()
    {
        await StartAsync(Pods.NotReady(version: "101"));
        _client.Fake<V1Pod>().Send(WatchEventType.Modified, Pods.Ready(version: "102"));
        await AskedAsync(1);
        _prober.Get(Twilio).Should().NotBeNull();
    }

    [Fact]
    public async Task What_a_pod_said_is_forgotten_when_the_last_one_is_gone_and_that_is_told()
    {
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _client.Fake<V1Pod>().Send(WatchEventType.Deleted, Pods.Ready(version: "102"));
        await Eventually.BeTrueAsync(() => _told.Count == 2, Patience, "its going is told");
        _told.Should().Equal(true, true);
        _prober.Get(Twilio).Should().BeNull();
        _clock.Advance(Longest * 2);
        _probe.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_mistake_in_asking_ends_neither_the_asking_of_others_nor_of_this_one()
    {
        var failures = 1;
        _probe.Answer = pod => Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("a mistake") : FakePodProbe.Says(pod, PluginState.Active);
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _prober.Get(Twilio).Should().BeNull();
        _log.Text.Should().Contain("tenant-acme/twilio");
        _clock.Advance(Longest);
        await AskedAsync(2);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Healthy);
    }

    [Fact]
    public async Task An_operator_that_has_just_started_spreads_its_questions_over_the_interval_and_goes_on_counting()
    {
        var plugin = Given.Plugin();
        plugin.Status = Situation.Fine.Status();
        plugin.Status.Metrics!.ApiCalls = 5000;
        _client.Fake<TenantPlugin>().Items.Add(plugin);
        _probe.Answer = static pod => new ProbeResult(
            pod, new PluginStatusReport(State: PluginState.Active, StartedAt: Given.Now.AddHours(-1), Metrics: new PluginMetrics(200)), null);
        await StartAsync(Pods.Ready());
        await Eventually.BeTrueAsync(() => _clock.PendingTimers > 0, Patience, "it is to be asked later");
        _probe.Asked.Should().BeEmpty("what it said last stands in its status");
        _clock.Advance(Interval);
        await AskedAsync(1);
        _prober.Get(Twilio)!.ApiCalls.Should().Be(5000, "the process was counted before");
    }

    [Fact]
    public async Task Another_plugin_of_the_same_name_begins_anew()
    {
        _client.Fake<TenantPlugin>().Items.Add(Given.Plugin());
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Active, calls: 7);
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _prober.Get(Twilio)!.ApiCalls.Should().Be(7);
        var other = Given.Plugin();
        other.Metadata.Uid = "another";
        other.Metadata.ResourceVersion = "200";
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Active, calls: 1);
        _client.Fake<TenantPlugin>().Send(WatchEventType.Modified, other);

        // One goes and another comes: its pods are asked at once.
        await AskedAsync(2);
        _prober.Get(Twilio)!.ApiCalls.Should().Be(1);
    }

    [Fact]
    public async Task A_plugin_most_of_whose_calls_fail_is_degraded_until_they_do_not()
    {
        _client.Fake<TenantPlugin>().Items.Add(Given.Plugin());
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
        _probe.Answer = static pod => new ProbeResult(pod, new PluginStatusReport(State: PluginState.Active, Metrics: new PluginMetrics(40, 30)), null);
        _clock.Advance(Longest);
        await AskedAsync(2);
        _prober.Get(Twilio).Should().BeEquivalentTo(new { State = HealthState.Degraded, Message = ErrorRate.Message });
        var asked = 2;
        while (_prober.Get(Twilio)!.State == HealthState.Degraded && asked < 20)
        {
            _clock.Advance(Longest);
            await AskedAsync(++asked);
        }

        (_clock.GetUtcNow() - Given.Now).Should().BeLessThan(TimeSpan.FromMinutes(2.5), "the last minute counts");
    }

    [Fact]
    public async Task A_pod_that_has_been_silent_for_long_is_asked_less_often()
    {
        _probe.Answer = FakePodProbe.Silent;
        await StartAsync(Pods.Ready());
        for (var times = 1; times <= 21; times++)
        {
            await AskedAsync(times);
            _clock.Advance(Longest);
        }

        await Task.Yield();
        _probe.Asked.Should().HaveCount(21);
        _clock.Advance(Interval * 4.4);
        await AskedAsync(22);
    }

    [Fact]
    public async Task Whoever_wants_the_checks_run_now_is_answered_at_once_and_once()
    {
        await StartWithPluginAsync();
        Want("first", "201");
        await AskedAsync(2);
        _probe.Fresh.Should().HaveCount(1);
        _prober.Get(Twilio)!.HandledCheck.Should().Be("first");
        _told.Should().Equal([true, true], "the answer is told at once, though it says the same");
        _clock.Advance(Longest);
        await AskedAsync(3);
        _probe.Fresh.Should().HaveCount(1, "the wish was answered");
    }

    [Fact]
    public async Task What_a_wanted_check_finds_is_shown_as_it_is()
    {
        await StartWithPluginAsync();
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Failed);
        _clock.Advance(Longest);
        await AskedAsync(2);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Unhealthy);
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Active);
        Want("first", "201");
        await AskedAsync(3);
        _prober.Get(Twilio)!.State.Should().Be(HealthState.Healthy, "nobody who asks wants to hear what was before");
    }

    [Fact]
    public async Task Nobody_can_have_checks_run_as_often_as_they_like()
    {
        await StartWithPluginAsync();
        Want("first", "201");
        await AskedAsync(2);
        Want("second", "202");
        Want("third", "203");
        await Eventually.BeTrueAsync(() => _probe.Asked.Count >= 3 && _clock.PendingTimers > 0, Patience, "it is looked at");
        _probe.Fresh.Should().HaveCount(1);
        _prober.Get(Twilio)!.HandledCheck.Should().Be("first");
        await Eventually.BeTrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return _prober.Get(Twilio)!.HandledCheck == "third";
            },
            Patience,
            "the last one is answered when its time has come");
        _probe.Fresh.Should().HaveCount(2, "the one in between was overtaken");
        (_clock.GetUtcNow() - Given.Now).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task Silence_is_no_answer_to_a_wanted_check()
    {
        await StartWithPluginAsync();
        _probe.Answer = FakePodProbe.Silent;
        Want("first", "201");
        await AskedAsync(2);
        _prober.Get(Twilio)!.HandledCheck.Should().BeNull();
        _probe.Answer = static pod => FakePodProbe.Says(pod, PluginState.Active);
        await Eventually.BeTrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return _prober.Get(Twilio)!.HandledCheck == "first";
            },
            Patience,
            "it is asked again");
    }

    [Fact]
    public async Task A_check_that_was_answered_before_the_operator_started_is_not_run_again()
    {
        var plugin = Given.Plugin();
        plugin.Status = Situation.Fine.Status();
        plugin.Status.Health!.HandledCheckAt = "first";
        plugin.Metadata.Annotations = new Dictionary<string, string> { [Annotations.CheckRequestedAt] = "first" };
        _client.Fake<TenantPlugin>().Items.Add(plugin);
        await StartAsync(Pods.Ready());
        await Eventually.BeTrueAsync(() => _clock.PendingTimers > 0, Patience, "it is to be asked later");
        _clock.Advance(Interval);
        await AskedAsync(1);
        _probe.Fresh.Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", true)]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", false)]
    public void What_can_be_no_wish_is_left_alone(string mark, bool isOne)
    {
        var plugin = Given.Plugin();
        plugin.Metadata.Annotations = new Dictionary<string, string> { [Annotations.CheckRequestedAt] = mark };
        CheckRequest.Unanswered(plugin).Should().Be(isOne ? mark : null);
    }

    private async Task StartWithPluginAsync()
    {
        _client.Fake<TenantPlugin>().Items.Add(Given.Plugin());
        await StartAsync(Pods.Ready());
        await AskedAsync(1);
    }

    private void Want(string mark, string version)
    {
        var plugin = Given.Plugin();
        plugin.Metadata.ResourceVersion = version;
        plugin.Metadata.Annotations = new Dictionary<string, string> { [Annotations.CheckRequestedAt] = mark };
        _client.Fake<TenantPlugin>().Send(WatchEventType.Modified, plugin);
    }

    private async Task StartAsync(params V1Pod[] pods)
    {
        _client.Fake<V1Pod>().Items.AddRange(pods);
        await _client.SyncAsync();
        _running = _prober.RunAsync(_stop.Token);
    }

    // Asked so often, and waiting for the next time: the answer has been taken in.
    private Task AskedAsync(int times) => Eventually.BeTrueAsync(
        () => _probe.Asked.Count == times && _clock.PendingTimers > 0, Patience, () => $"asked {times} times; was asked {_probe.Asked.Count} times\n{_log.Text}");
}
