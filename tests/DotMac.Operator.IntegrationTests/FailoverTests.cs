using System.Diagnostics;
using System.Globalization;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using Xunit.Abstractions;

namespace DotMac.Operator.IntegrationTests;

/// <summary>Two operators and one lease. The second stands by with warm caches; whatever ends the first, it goes on.</summary>
[Collection(ElectionCollection.Name)]
public sealed class FailoverTests(InstalledFixture fixture, ITestOutputHelper output) : IAsyncLifetime
{
    private const string LeasePath = "apis/coordination.k8s.io/v1/namespaces/dotmac-system/leases/dotmac-operator";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly OperatorInstance _first = fixture.NewOperator("--leader-elect");
    private readonly OperatorInstance _second = fixture.NewOperator("--leader-elect");
    private Tenant _tenant = null!;
    private string _firstIdentity = string.Empty;
    private AuditMarker _start;

    public async Task InitializeAsync()
    {
        _start = await fixture.ControlPlane.MarkAsync();
        await _first.StartAsync();
        await Eventually.BeTrueAsync(
            async () => await LeadsAsync(_first), Patience, () => $"the first leads; its log:\n{_first.Log}");
        _firstIdentity = await HolderAsync();
        await _second.StartAsync();

        // Something that is there and in order before.
        _tenant = new Tenant(fixture.ControlPlane, await fixture.CreateTenantAsync());
        await _tenant.ApplyAsync(Manifests.Twilio(_tenant.Namespace, "before"));
        await _tenant.WaitUntilSettledAsync("before");
    }

    public async Task DisposeAsync()
    {
        await _first.KillAsync();
        await _second.KillAsync();

        // The next test's operators must not wait for these.
        await fixture.ControlPlane.SendAsync(HttpMethod.Delete, LeasePath);
    }

    [Fact]
    public async Task Whoever_stands_by_is_ready_and_writes_nothing()
    {
        (await LeadsAsync(_second)).Should().BeFalse();
        (await _second.MetricAsync("workqueue_depth")).Should().Be(0);
        (await _second.ReconcilesAsync()).Should().Be(0);
        (await _second.MetricAsync("controller_runtime_max_concurrent_reconciles")).Should().Be(0);
        _second.Log.Should().Contain($"{_firstIdentity}\\\" leads");
        var users = (await fixture.ControlPlane.WritesAsync(OperatorInstance.UserAgent, _start)).Select(static w => w.UserAgent).Distinct();
        users.Should().Equal($"{OperatorInstance.UserAgent}/{_firstIdentity}");
    }

    [Fact]
    public async Task When_the_leader_is_killed_the_other_goes_on_within_twenty_seconds_and_loses_nothing()
    {
        var mark = await fixture.ControlPlane.MarkAsync();
        const int Count = 30;
        var killed = DateTimeOffset.MaxValue;
        for (var i = 0; i < Count; i++)
        {
            await _tenant.ApplyAsync(Manifests.Twilio(_tenant.Namespace, $"twilio-{i}"));
            if (i == Count / 2)
            {
                await _first.KillAsync();
                killed = DateTimeOffset.UtcNow;
            }
        }

        for (var i = 0; i < Count; i++)
        {
            await _tenant.WaitForChildrenAsync($"twilio-{i}");
        }

        var (took, wrote) = await TakeoverAsync(mark);
        Tell($"SIGKILL: {(took - killed).TotalSeconds:0.00} s from the kill to the other's lease, {(wrote - killed).TotalSeconds:0.00} s to its first write");
        (wrote - killed).Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task When_the_leader_is_told_to_stop_the_other_goes_on_within_three_seconds()
    {
        var mark = await fixture.ControlPlane.MarkAsync();
        for (var i = 0; i < 5; i++)
        {
            await _tenant.ApplyAsync(Manifests.Twilio(_tenant.Namespace, $"early-{i}"));
        }

        var told = DateTimeOffset.UtcNow;
        await _first.SignalAsync("TERM");
        await _tenant.ApplyAsync(Manifests.Twilio(_tenant.Namespace, "late"));
        (await _first.ExitCodeAsync(Patience)).Should().Be(0, _first.Log);
        for (var i = 0; i < 5; i++)
        {
            await _tenant.WaitForChildrenAsync($"early-{i}");
        }

        await _tenant.WaitForChildrenAsync("late");
        var (took, wrote) = await TakeoverAsync(mark);
        Tell($"SIGTERM: {(took - told).TotalSeconds:0.00} s from the signal to the other's lease, {(wrote - told).TotalSeconds:0.00} s to its first write");
        (took - told).Should().BeLessThan(TimeSpan.FromSeconds(3));
        _first.Log.Should().Contain("gave the lease");
    }

    [Fact]
    public async Task A_leader_that_was_frozen_ends_without_a_write()
    {
        var mark = await fixture.ControlPlane.MarkAsync();
        await _first.SignalAsync("STOP");
        var stopped = Stopwatch.StartNew();
        var frozen = DateTimeOffset.UtcNow;

        // The frozen one has their watch events in its sockets, and will read them as soon as it can.
        for (var i = 0; i < 10; i++)
        {
            await _tenant.ApplyAsync(Manifests.Twilio(_tenant.Namespace, $"meanwhile-{i}"));
        }

        for (var i = 0; i < 10; i++)
        {
            await _tenant.WaitForChildrenAsync($"meanwhile-{i}");
        }

        await Task.Delay(TimeSpan.FromSeconds(20) - stopped.Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
        await _tenant.ApplyAsync(Manifests.Twilio(_tenant.Namespace, "last"));
        var thawed = DateTimeOffset.UtcNow;
        await _first.SignalAsync("CONT");
        (await _first.ExitCodeAsync(Patience)).Should().Be(1, _first.Log);
        _first.Log.Should().Contain("leadership was lost");
        await _tenant.WaitForChildrenAsync("last");
        (await WritesOfAsync(_firstIdentity, mark)).Where(w => w.ReceivedAt >= thawed).Should().BeEmpty();
        var (took, wrote) = await TakeoverAsync(mark);
        Tell($"SIGSTOP: {(took - frozen).TotalSeconds:0.00} s from the freeze to the other's lease, {(wrote - frozen).TotalSeconds:0.00} s to its first write");
    }

    private static string Name(string identity) => $"{OperatorInstance.UserAgent}/{identity}";

    private static async Task<bool> LeadsAsync(OperatorInstance instance) =>
        await instance.MetricAsync("leader_election_master_status{name=\"dotmac-operator\"}") == 1;

    private void Tell(string measured)
    {
        output.WriteLine(measured);
        Console.WriteLine(measured);
    }

    private async Task<string> HolderAsync() =>
        (await fixture.ControlPlane.SendAsync(HttpMethod.Get, LeasePath))["spec"]!["holderIdentity"]!.GetValue<string>();

    private Task<IReadOnlyList<AuditEntry>> WritesOfAsync(string identity, AuditMarker since) => fixture.ControlPlane.WritesAsync(Name(identity), since);

    /// <summary>Asserts what holds for every failover, and says when the second one took the lease, and when it first wrote something else.</summary>
    private async Task<(DateTimeOffset Took, DateTimeOffset Wrote)> TakeoverAsync(AuditMarker mark)
    {
        var secondIdentity = await HolderAsync();
        secondIdentity.Should().NotBe(_firstIdentity).And.NotBeEmpty();
        (await LeadsAsync(_second)).Should().BeTrue();
        var first = await WritesOfAsync(_firstIdentity, _start);
        var second = await WritesOfAsync(secondIdentity, _start);
        first.Should().NotBeEmpty();
        first.Max(static w => w.ReceivedAt).Should().BeBefore(second.Min(static w => w.ReceivedAt), "two never write at the same time");
        second[0].Resource.Should().Be("leases");

        // Its caches were warm.
        (await fixture.ControlPlane.RequestsAsync(Name(secondIdentity), mark)).Where(static r => r.Verb == "list").Should().BeEmpty();

        // What was in order is left alone.
        second.Where(static w => w.Name == "before" || w.Uri.Contains("/before", StringComparison.Ordinal)).Should().BeEmpty();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first.Count} writes of the first, then {second.Count} of the second"));
        return (second[0].ReceivedAt, second.Where(static w => w.Resource != "leases").Min(static w => w.ReceivedAt));
    }
}
