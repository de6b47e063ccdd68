using System.Collections.Concurrent;
using DotMac.Kubernetes.Queue;
using DotMac.Testing.Time;

namespace DotMac.Kubernetes.Tests.Queue;

public sealed class WorkQueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>("test", static k => k.Split('/')[0], clock: _clock);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void A_key_that_waits_is_not_added_again()
    {
        _queue.Add("a");
        _queue.Add("a");
        _queue.Add("a", QueuePriority.Low);
        _queue.Count.Should().Be(1);
        Take().Should().Be("a");
        Nothing();
    }

    [Fact]
    public void A_key_that_is_worked_on_is_kept_for_afterwards_once()
    {
        _queue.Add("a");
        Take();
        _queue.Add("a");
        _queue.Add("a");
        _queue.Count.Should().Be(0, "it cannot be taken yet");
        Nothing();
        _queue.Done("a");
        _queue.Count.Should().Be(1);
        Take().Should().Be("a");
        _queue.Done("a");
        Nothing();
    }

    [Fact]
    public void Done_for_a_key_that_nobody_took_is_ignored()
    {
        _queue.Done("a");
        _queue.Add("a");
        _queue.Done("a");
        Take().Should().Be("a");
    }

    [Fact]
    public void A_delayed_key_comes_when_its_time_is_over_and_the_earliest_delay_counts()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.AddAfter("a", TimeSpan.FromSeconds(20));
        _queue.AddAfter("b", TimeSpan.FromSeconds(7));
        _queue.DelayedCount.Should().Be(2);

        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Nothing();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Take().Should().Be("a");
        _queue.Done("a");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Take().Should().Be("b");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Nothing("the later delays of a were replaced");
        _queue.DelayedCount.Should().Be(0);
        _clock.PendingTimers.Should().Be(0, "an empty queue sets no timer");
    }

    [Fact]
    public void What_runs_now_need_not_run_again_when_its_delay_is_over()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(1));
        _queue.Add("a");
        Take().Should().Be("a");
        _queue.Done("a");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Nothing();
    }

    [Fact]
    public void A_delay_that_ends_while_its_key_is_worked_on_waits_for_the_work()
    {
        _queue.Add("a");
        Take();
        _queue.AddAfter("a", TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Nothing();
        _queue.Done("a");
        Take().Should().Be("a");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void No_delay_is_now(int seconds)
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(seconds));
        Take().Should().Be("a");
    }

    [Fact]
    public void A_delay_beyond_what_a_timer_can_hold_is_kept_all_the_same()
    {
        _queue.AddAfter("a", TimeSpan.FromDays(60));
        _clock.Advance(TimeSpan.FromDays(59));
        Nothing();
        _clock.Advance(TimeSpan.FromDays(1));
        Take().Should().Be("a");
    }

    [Fact]
    public void Failures_make_a_key_wait_longer_each_time_until_they_are_forgotten()
    {
        var backoff = new ExponentialBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), Jitter: 0);
        using var queue = new WorkQueue<string>("test", backoff: backoff, clock: _clock);
        foreach (var seconds in new[] { 1, 2, 4, 8, 8 })
        {
            queue.AddRateLimited("a");
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            queue.Count.Should().Be(0);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            queue.Count.Should().Be(1);
            queue.GetAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully.Should().BeTrue();
            queue.Done("a");
        }

        queue.Failures("a").Should().Be(5);
        queue.Forget("a");
        queue.Failures("a").Should().Be(0);
        queue.AddRateLimited("a");
        _clock.Advance(TimeSpan.FromSeconds(1));
        queue.Count.Should().Be(1);
    }

    [Fact]
    public void Live_changes_go_before_the_initial_list_and_it_is_not_starved_by_them()
    {
        for (var i = 0; i < 3; i++)
        {
            _queue.Add($"low-{i}", QueuePriority.Low);
        }

        for (var i = 0; i < 100; i++)
        {
            _queue.Add($"high-{i}");
        }

        var order = Enumerable.Range(0, 103).Select(_ => Take()).ToList();
        order.IndexOf("low-0").Should().Be(16);
        order.IndexOf("low-1").Should().Be(33);
        order.IndexOf("low-2").Should().Be(50);
    }

    [Fact]
    public void A_live_change_lifts_a_key_of_the_initial_list_and_it_comes_once()
    {
        _queue.Add("x/a", QueuePriority.Low);
        _queue.Add("x/b", QueuePriority.Low);
        _queue.Add("x/b", QueuePriority.High);
        _queue.Count.Should().Be(2);
        Take().Should().Be("x/b");
        _queue.Done("x/b");
        Take().Should().Be("x/a");
        Nothing();
        _queue.Count.Should().Be(0);
    }

    [Fact]
    public void A_group_with_many_keys_does_not_make_another_wait_for_all_of_them()
    {
        for (var i = 0; i < 100; i++)
        {
            _queue.Add($"crowd/{i}");
        }

        _queue.Add("single/0");
        _queue.Add("pair/0");
        _queue.Add("pair/1");

        var order = Enumerable.Range(0, 103).Select(_ => Take()).ToList();
        order.Take(6).Should().Equal("crowd/0", "single/0", "pair/0", "crowd/1", "pair/1", "crowd/2");
        order.Where(static k => k.StartsWith("crowd", StringComparison.Ordinal)).Should().HaveCount(100).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_taker_that_waits_is_woken_by_the_next_key()
    {
        var first = _queue.GetAsync(CancellationToken.None).AsTask();
        var second = _queue.GetAsync(CancellationToken.None).AsTask();
        first.IsCompleted.Should().BeFalse();

        _queue.Add("a");
        _queue.AddAfter("b", TimeSpan.FromSeconds(1));
        (await await Task.WhenAny(first, second).WaitAsync(Patience)).Key.Should().Be("a");
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await Task.WhenAll(first, second).WaitAsync(Patience)).Select(static r => r.Key).Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public async Task Takers_that_give_up_lose_no_key()
    {
        // Each key is added while its taker is cancelled: whichever is first, somebody must get the key.
        using var queue = new WorkQueue<int>("test");
        for (var i = 0; i < 500; i++)
        {
            using var stop = new CancellationTokenSource();
            var impatient = queue.GetAsync(stop.Token).AsTask();
            var patient = queue.GetAsync(CancellationToken.None).AsTask();
            await Task.WhenAll(Task.Run(stop.Cancel), Task.Run(() => queue.Add(i)));
            await Task.WhenAny(impatient, Task.Delay(Patience));
            if (impatient.IsCompletedSuccessfully)
            {
                (await impatient).Key.Should().Be(i);
                queue.Done(i);
                queue.Add(-1);
                (await patient.WaitAsync(Patience)).Key.Should().Be(-1);
                queue.Done(-1);
            }
            else
            {
                impatient.IsCanceled.Should().BeTrue();
                (await patient.WaitAsync(Patience)).Key.Should().Be(i);
                queue.Done(i);
            }
        }
    }

    [Fact]
    public async Task Shutting_down_gives_out_what_is_there_and_takes_nothing_more()
    {
        _queue.Add("a");
        _queue.Add("b");
        Take().Should().Be("a");
        _queue.Add("a");
        _queue.AddAfter("later", TimeSpan.FromSeconds(1));

        _queue.ShutDown();
        _queue.Add("c");
        _queue.AddAfter("d", TimeSpan.FromSeconds(1));
        _queue.AddRateLimited("e");
        Take().Should().Be("b");
        _queue.Done("a");
        Take().Should().Be("a");
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await _queue.GetAsync(CancellationToken.None)).Taken.Should().BeFalse();
    }

    [Fact]
    public async Task Shutting_down_wakes_all_who_wait()
    {
        var takers = Enumerable.Range(0, 5).Select(_ => _queue.GetAsync(CancellationToken.None).AsTask()).ToArray();
        _queue.ShutDown();
        (await Task.WhenAll(takers).WaitAsync(Patience)).Should().OnlyContain(static r => !r.Taken);
    }

    [Fact]
    public async Task With_many_workers_and_adders_no_key_is_worked_on_twice_at_once_and_the_last_change_is_never_missed()
    {
        const int Keys = 20;
        using var queue = new WorkQueue<int>("test", static k => (k % 3).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var versions = new int[Keys];
        var seen = new int[Keys];
        var working = new ConcurrentDictionary<int, bool>();
        var overlaps = 0;
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await queue.GetAsync(CancellationToken.None) is (true, var key))
            {
                if (!working.TryAdd(key, true))
                {
                    Interlocked.Increment(ref overlaps);
                }

                var version = Volatile.Read(ref versions[key]);
                await Task.Yield();
                Volatile.Write(ref seen[key], version);
                working.TryRemove(key, out var _);
                queue.Done(key);
            }
        })).ToArray();

        await Parallel.ForAsync(0, 4, async (adder, _) =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                var key = (i * 7 + adder) % Keys;
                Interlocked.Increment(ref versions[key]);
                switch (i % 3)
                {
                    case 0:
                        queue.Add(key);
                        break;
                    case 1:
                        queue.Add(key, QueuePriority.Low);
                        break;
                    default:
                        queue.AddAfter(key, TimeSpan.FromTicks(i % 5));
                        break;
                }

                if (i % 100 == 0)
                {
                    await Task.Yield();
                }
            }
        });

        await DotMac.Testing.Eventually.BeTrueAsync(
            () => queue.DelayedCount == 0 && queue.Count == 0, Patience, () => $"{queue.Count} and {queue.DelayedCount} are left");
        queue.ShutDown();
        await Task.WhenAll(workers).WaitAsync(Patience);
        overlaps.Should().Be(0);
        seen.Should().Equal(versions);
    }

    private string Take()
    {
        var taking = _queue.GetAsync(CancellationToken.None).AsTask();
        taking.IsCompletedSuccessfully.Should().BeTrue("there is a key to take");
        var (taken, key) = taking.Result;
        taken.Should().BeTrue();
        return key;
    }

    private void Nothing(string because = "there is nothing to take")
    {
        using var stop = new CancellationTokenSource();
        var taking = _queue.GetAsync(stop.Token).AsTask();
        taking.IsCompleted.Should().BeFalse(because);
        stop.Cancel();
    }
}
