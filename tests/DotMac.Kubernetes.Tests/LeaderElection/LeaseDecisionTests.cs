using DotMac.Kubernetes.LeaderElection;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.LeaderElection;

public sealed class LeaseDecisionTests
{
    private static readonly LeaderElectionOptions Options = new() { LeaseName = "lease", Namespace = "ns", Identity = "me" };
    private static readonly DateTimeOffset Now = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_lease_that_is_not_there_is_made() => Decide(null, 0).Action.Should().Be(LeaseAction.Create);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_lease_that_nobody_holds_is_taken_at_once(string? holder) => Decide(Lease(holder), 0).Action.Should().Be(LeaseAction.Take);

    [Fact]
    public void A_lease_without_a_spec_is_taken() => Decide(new V1Lease(), 0).Action.Should().Be(LeaseAction.Take);

    [Fact]
    public void Our_own_lease_is_renewed_however_old_it_is() => Decide(Lease("me"), 3600).Action.Should().Be(LeaseAction.Renew);

    [Theory]
    [InlineData(0, 15, 15)]
    [InlineData(14.9, 15, 0.1)]
    [InlineData(16, 30, 14)]
    [InlineData(3, null, 12)]
    [InlineData(3, 0, 12)]
    public void A_holder_is_waited_for_as_long_as_it_promised(double unchanged, int? promised, double left)
    {
        var decision = Decide(Lease("other", promised), unchanged);
        decision.Action.Should().Be(LeaseAction.Wait);
        decision.Left.Should().BeCloseTo(TimeSpan.FromSeconds(left), TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(15, 15)]
    [InlineData(1, 1)]
    [InlineData(30.1, 30)]
    [InlineData(15, null)]
    public void A_holder_that_was_silent_for_that_long_is_gone(double unchanged, int? promised) =>
        Decide(Lease("other", promised), unchanged).Action.Should().Be(LeaseAction.Take);

    [Theory]
    [InlineData("1970-01-01T00:00:00.000000Z")]
    [InlineData("2999-01-01T00:00:00.000000Z")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public void What_the_holders_clock_says_does_not_matter(string? time)
    {
        var lease = Lease("other");
        (lease.Spec!.AcquireTime, lease.Spec.RenewTime) = (time, time);
        Decide(lease, 14.9).Action.Should().Be(LeaseAction.Wait);
        Decide(lease, 15).Action.Should().Be(LeaseAction.Take);
    }

    [Fact]
    public void A_renewal_is_a_change_and_an_annotation_is_none()
    {
        var first = new LeaseSighting().Next(Lease("other", renewed: "a"), 100);
        first.Since.Should().Be(100);
        var annotated = Lease("other", renewed: "a");
        annotated.Metadata.ResourceVersion = "77";
        annotated.Metadata.Annotations = new Dictionary<string, string> { ["a"] = "b" };
        var second = first.Next(annotated, 200);
        second.Since.Should().Be(100);
        second.Lease.Should().BeSameAs(annotated);
        second.Next(Lease("other", renewed: "b"), 300).Since.Should().Be(300);
        second.Next(null, 300).Since.Should().Be(300);
    }

    [Fact]
    public void A_lease_that_is_made_counts_no_transition_and_one_that_is_taken_counts_one()
    {
        var made = LeaseContent.Held(null, Options, Now);
        made.Metadata.Should().BeEquivalentTo(new { Name = "lease", Namespace = "ns" });
        made.Spec.Should().BeEquivalentTo(new
        {
            HolderIdentity = "me",
            LeaseDurationSeconds = 15,
            AcquireTime = "2025-01-01T00:00:00.000000Z",
            RenewTime = "2025-01-01T00:00:00.000000Z",
            LeaseTransitions = 0,
        });
        var other = Lease("other");
        other.Metadata.ResourceVersion = "5";
        other.Spec!.LeaseTransitions = 7;
        var taken = LeaseContent.Held(other, Options, Now);
        taken.Spec!.LeaseTransitions.Should().Be(8);
        taken.Metadata.ResourceVersion.Should().Be("5", "the write must be conditional");
    }

    [Fact]
    public void A_renewal_changes_the_renew_time_alone()
    {
        var held = LeaseContent.Held(null, Options, Now);
        LeaseContent.Held(held, Options, Now.AddTicks(12_345_678)).Spec.Should().BeEquivalentTo(held.Spec, static o => o.Excluding(s => s!.RenewTime))
            .And.Subject.As<V1LeaseSpec>().RenewTime.Should().Be("2025-01-01T00:00:01.234567Z");
    }

    [Fact]
    public void A_released_lease_is_nobodys_and_keeps_the_count()
    {
        var held = LeaseContent.Held(null, Options, Now);
        held.Spec!.LeaseTransitions = 4;
        var released = LeaseContent.Released(held, Now.AddSeconds(1));
        released.Spec.Should().BeEquivalentTo(new { HolderIdentity = "", LeaseDurationSeconds = 1, LeaseTransitions = 4 });
        Decide(released, 0).Action.Should().Be(LeaseAction.Take);
    }

    [Theory]
    [InlineData(10, 10, 2)]
    [InlineData(15, 2, 2)]
    [InlineData(15, 10, 0)]
    public void Times_that_would_let_two_lead_are_refused(int lease, int deadline, int retry)
    {
        var options = Options with
        {
            LeaseDuration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(deadline),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };
        options.Invoking(static o => o.Validate()).Should().Throw<ArgumentException>().WithMessage("*LeaseDuration > RenewDeadline > RetryPeriod*");
    }

    [Fact]
    public void Two_processes_of_one_machine_have_two_identities()
    {
        var first = LeaderElectionOptions.NewIdentity();
        first.Should().StartWith(Environment.MachineName + "_").And.NotBe(LeaderElectionOptions.NewIdentity());
    }

    private static LeaseDecision Decide(V1Lease? lease, double unchangedSeconds) => LeaseDecision.Of(lease, TimeSpan.FromSeconds(unchangedSeconds), Options);

    private static V1Lease Lease(string? holder, int? seconds = 15, string? renewed = null) =>
        new() { Spec = new V1LeaseSpec { HolderIdentity = holder, LeaseDurationSeconds = seconds, RenewTime = renewed } };
}
