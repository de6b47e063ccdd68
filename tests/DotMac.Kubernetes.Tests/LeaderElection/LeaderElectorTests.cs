using System.Net;
using DotMac.Kubernetes.LeaderElection;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing;
using DotMac.Testing.Time;

namespace DotMac.Kubernetes.Tests.LeaderElection;

public sealed class LeaderElectorTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly LeaseServer _server = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly List<Candidate> _candidates = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var candidate in _candidates)
        {
            await candidate.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_first_makes_the_lease_and_leads()
    {
        var me = await LeaderAsync();
        me.Elector.IsLeader.Should().BeTrue();
        me.Elector.Invoking(static e => e.ThrowIfNotLeader()).Should().NotThrow();
        _server.Lease!.Spec.Should().BeEquivalentTo(new { HolderIdentity = "me", LeaseDurationSeconds = 15, LeaseTransitions = 0 });
    }

    [Fact]
    public async Task It_is_renewed_every_two_seconds_without_being_read()
    {
        var me = await LeaderAsync();
        await AdvanceAsync(20);
        me.Elector.IsLeader.Should().BeTrue();
        me.Connection.Calls.Select(static c => c.Verb).Take(2).Should().Equal("get", "create");
        me.Connection.Calls.Skip(2).Should().OnlyContain(static c => c.Verb == "update");
        me.Connection.Writes.Count().Should().BeInRange(10, 11);
        me.Connection.Writes.Select(static l => l.Spec!.AcquireTime).Distinct().Should().ContainSingle();
        me.Connection.Writes.Select(static l => l.Spec!.RenewTime).Should().OnlyHaveUniqueItems();
        _server.Lease!.Spec!.LeaseTransitions.Should().Be(0);
    }

    [Fact]
    public async Task Whoever_stands_by_may_not_write()
    {
        _server.HeldBy("other", "a");
        var me = Start("me");
        await IdleAsync();
        me.Elector.IsLeader.Should().BeFalse();
        me.Elector.Invoking(static e => e.ThrowIfNotLeader()).Should().Throw<LeadershipLostException>();
        await me.StopAsync();
        await me.Running.WaitAsync(Patience);
        me.Connection.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Trouble_is_tolerated_until_the_deadline()
    {
        var me = await LeaderAsync();
        me.Connection.Trouble = static _ => new HttpRequestException("connection refused");
        await AdvanceAsync(7);
        me.Elector.IsLeader.Should().BeTrue();
        me.Connection.Trouble = static _ => null;
        await AdvanceAsync(20);
        me.Elector.IsLeader.Should().BeTrue();
        me.Lost.IsCancellationRequested.Should().BeFalse();
        me.Log.Text.Should().Contain("connection refused");
    }

    [Fact]
    public async Task Whoever_cannot_renew_until_the_deadline_leads_no_more_and_does_not_give_back_what_is_not_its_own()
    {
        var me = await LeaderAsync();
        me.Connection.Trouble = static _ => new HttpRequestException("connection refused");
        await AdvanceAsync(9.5);
        me.Elector.IsLeader.Should().BeTrue();
        await AdvanceAsync(0.75);
        me.Elector.IsLeader.Should().BeFalse();
        await LostAsync(me, "*not renewed for 10 s*connection refused*");
        me.Lost.IsCancellationRequested.Should().BeTrue();
        me.Stopping.IsCancellationRequested.Should().BeTrue();
        _server.Lease!.Spec!.HolderIdentity.Should().Be("me");
    }

    [Fact]
    public async Task A_connection_that_says_nothing_does_not_hold_it_past_the_deadline()
    {
        var me = await LeaderAsync();
        me.Connection.Frozen = true;
        await AdvanceAsync(10.25);
        await LostAsync(me, "*no answer*");
        me.Connection.Calls.Count(static c => c.Verb == "update").Should().BeGreaterThan(1, "one silent try must not be the only one");
    }

    [Fact]
    public async Task A_process_that_was_frozen_knows_at_once_and_tries_nothing()
    {
        var me = await LeaderAsync();
        var writes = me.Connection.Writes.Count();

        _clock.Jump(TimeSpan.FromSeconds(20));
        me.Elector.IsLeader.Should().BeFalse();
        await LostAsync(me, "*not renewed*this process did not run*");
        me.Connection.Writes.Count().Should().Be(writes);
    }

    [Fact]
    public async Task Another_holder_ends_it_at_once()
    {
        var me = await LeaderAsync();
        _server.HeldBy("other", "a");
        await AdvanceAsync(2.25);
        await LostAsync(me, "*other holds the lease*");
    }

    [Fact]
    public async Task A_change_by_somebody_else_who_leaves_the_holder_alone_is_no_matter()
    {
        var me = await LeaderAsync();
        _server.Lease = new V1Lease
        {
            Metadata = new V1ObjectMeta { Name = "lease", Namespace = "ns", Annotations = new Dictionary<string, string> { ["a"] = "b" } },
            Spec = _server.Lease!.Spec,
        };
        await AdvanceAsync(12);
        me.Elector.IsLeader.Should().BeTrue();
        me.Connection.Calls.Count(static c => c.Verb == "get").Should().Be(2, "it was read anew once");
        _server.Lease.Metadata.Annotations.Should().ContainKey("a");
    }

    [Fact]
    public async Task A_lease_that_somebody_deleted_is_made_anew()
    {
        var me = await LeaderAsync();
        _server.Lease = null;
        await AdvanceAsync(12);
        me.Elector.IsLeader.Should().BeTrue();
        _server.Lease!.Spec!.HolderIdentity.Should().Be("me");
    }

    [Fact]
    public async Task The_lease_is_kept_while_work_ends_and_given_back_after_it()
    {
        var me = await LeaderAsync();
        await me.StopAsync();
        await AdvanceAsync(16);
        me.Stopping.IsCancellationRequested.Should().BeTrue();
        me.Elector.IsLeader.Should().BeTrue("work under way may still write");
        _server.Lease!.Spec!.HolderIdentity.Should().Be("me");
        me.Drained.SetResult();
        await me.Running.WaitAsync(Patience);
        me.Elector.IsLeader.Should().BeFalse();
        _server.Lease.Spec.Should().BeEquivalentTo(new { HolderIdentity = "", LeaseDurationSeconds = 1, LeaseTransitions = 0 });
    }

    [Fact]
    public async Task A_renewal_that_got_through_unnoticed_does_not_keep_it_from_being_given_back()
    {
        var me = await LeaderAsync();
        var spec = _server.Lease!.Spec!;
        _server.HeldBy("me", spec.RenewTime!);
        me.Drained.SetResult();
        await me.StopAsync();
        await me.Running.WaitAsync(Patience);
        _server.Lease.Spec!.HolderIdentity.Should().BeEmpty();
    }

    [Fact]
    public async Task Work_that_fails_gives_the_lease_back_and_the_failure_is_told()
    {
        await using var candidate = new Candidate(_server, _clock, "me");
        var running = candidate.Elector.RunAsync(static (_, _) => throw new InvalidOperationException("a mistake"), CancellationToken.None);
        await running.Awaiting(static r => r.WaitAsync(Patience)).Should().ThrowAsync<InvalidOperationException>().WithMessage("a mistake");
        _server.Lease!.Spec!.HolderIdentity.Should().BeEmpty();
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_taken_within_a_retry_period()
    {
        var first = await LeaderAsync("first");
        first.Drained.SetResult();
        var second = Start("second");
        await IdleAsync();
        await first.StopAsync();
        await first.Running.WaitAsync(Patience);
        await AdvanceAsync(2);
        second.Elector.IsLeader.Should().BeTrue();
        _server.Lease!.Spec.Should().BeEquivalentTo(new { HolderIdentity = "second", LeaseDurationSeconds = 15, LeaseTransitions = 1 });
    }

    [Theory]
    [InlineData("1999-01-01T00:00:00.000000Z")]
    [InlineData("2025-01-01T00:00:00.000000Z")]
    [InlineData("2099-01-01T00:00:00.000000Z")]
    public async Task A_silent_holder_is_given_the_whole_duration_from_when_it_was_first_seen_whatever_its_clock_says(string renewed)
    {
        _server.HeldBy("other", renewed);
        var me = Start("me");
        await AdvanceAsync(14.75);
        me.Elector.IsLeader.Should().BeFalse();
        me.Connection.Writes.Should().BeEmpty();
        await AdvanceAsync(0.5);
        me.Elector.IsLeader.Should().BeTrue("it tries when the time is up, not up to a retry period later");
        _server.Lease!.Spec!.LeaseTransitions.Should().Be(4);
    }

    [Fact]
    public async Task A_holder_that_renews_is_left_alone_even_if_its_clock_stands_in_another_century()
    {
        _server.HeldBy("other", "1999-01-01T00:00:00.000000Z");
        var me = Start("me");
        for (var i = 1; i <= 6; i++)
        {
            await AdvanceAsync(12);
            _server.HeldBy("other", $"1999-01-01T00:00:{i:00}.000000Z");
        }

        me.Connection.Writes.Should().BeEmpty();
        me.Log.Entries.Count(static e => e.Message.StartsWith("other leads", StringComparison.Ordinal)).Should().Be(1, "only news is told");
    }

    [Fact]
    public async Task Of_two_that_take_it_at_the_same_moment_one_leads()
    {
        _server.HeldBy(string.Empty, "a");
        var me = new Candidate(_server, _clock, "me");
        _candidates.Add(me);
        me.Connection.BeforeWrite = () =>
        {
            me.Connection.BeforeWrite = null;
            _server.HeldBy("faster", "b");
        };
        me.Start();
        await IdleAsync();
        await AdvanceAsync(4);
        me.Elector.IsLeader.Should().BeFalse();
        _server.Lease!.Spec!.HolderIdentity.Should().Be("faster");
    }

    [Fact]
    public async Task Missing_rights_are_told_once_and_waited_for()
    {
        var me = new Candidate(_server, _clock, "me");
        _candidates.Add(me);
        me.Connection.Trouble = static _ => LeaseServer.Refusal(HttpStatusCode.Forbidden, "Forbidden");
        me.Start();
        await AdvanceAsync(20);
        me.Log.Entries.Should().ContainSingle(static e => e.Message.Contains("Forbidden", StringComparison.Ordinal));
        me.Connection.Trouble = static _ => null;
        await AdvanceAsync(2);
        me.Elector.IsLeader.Should().BeTrue();
    }

    /// <summary>Three processes, each cut off from the server now and then, one way or another: at no moment do two lead, and somebody does again and again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task However_the_network_behaves_never_do_two_lead(int seed)
    {
        var random = new Random(seed);
        var leaders = new HashSet<string>();
        var generation = 0;
        for (var i = 0; i < 3; i++)
        {
            Start($"p{generation++}");
        }

        for (var step = 0; step < 400; step++)
        {
            await AdvanceAsync(0.5);
            var leading = _candidates.Where(static c => c.Elector.IsLeader).ToList();
            leading.Count.Should().BeLessThanOrEqualTo(1, $"step {step}: {string.Join(", ", leading.Select(static l => l.Elector.Identity))}");
            leaders.UnionWith(leading.Select(static l => l.Elector.Identity));
            for (var i = 0; i < _candidates.Count; i++)
            {
                if (_candidates[i].Running.IsCompleted)
                {
                    // Its pod starts anew.
                    await _candidates[i].DisposeAsync();
                    _candidates[i] = new Candidate(_server, _clock, $"p{generation++}").Start();
                }
                else if (random.Next(30) == 0)
                {
                    var connection = _candidates[i].Connection;
                    connection.Trouble = random.Next(3) == 0 ? static _ => new HttpRequestException("cut off") : static _ => null;
                    connection.Frozen = random.Next(5) == 0;
                }
            }
        }

        leaders.Count.Should().BeGreaterThan(1);
    }

    private static async Task LostAsync(Candidate candidate, string reason) =>
        await candidate.Running.Awaiting(static r => r.WaitAsync(Patience)).Should().ThrowAsync<LeadershipLostException>().WithMessage(reason);

    private Candidate Start(string identity)
    {
        var candidate = new Candidate(_server, _clock, identity).Start();
        _candidates.Add(candidate);
        return candidate;
    }

    private async Task<Candidate> LeaderAsync(string identity = "me")
    {
        var me = Start(identity);
        await me.LeadsAsync();
        await IdleAsync();
        return me;
    }

    private async Task AdvanceAsync(double seconds)
    {
        await IdleAsync();
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Step)
        {
            _clock.Advance(left < Step ? left : Step);
            await IdleAsync();
        }
    }

    // Every elector that runs waits for exactly one timer: its pause, or the end of a try that is not answered. Twice in a row, for it has
    // one for a moment while it tries, too.
    private async Task IdleAsync()
    {
        for (var seen = 0; seen < 2;)
        {
            await Eventually.BeTrueAsync(
                () => _clock.PendingTimers == _candidates.Count(static c => !c.Running.IsCompleted),
                Patience,
                () => $"every elector waits; there are {_clock.PendingTimers} timers; {string.Join(" | ", _candidates.Select(static c => c.Log.Text))}");
            var calls = _candidates.Sum(static c => c.Connection.Calls.Count);
            await Task.Yield();
            seen = _clock.PendingTimers == _candidates.Count(static c => !c.Running.IsCompleted)
                && calls == _candidates.Sum(static c => c.Connection.Calls.Count) ? seen + 1 : 0;
        }
    }
}
