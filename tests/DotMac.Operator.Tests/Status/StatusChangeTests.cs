using System.Text.Json.Nodes;
using DotMac.Operator.Health;
using DotMac.Operator.Status;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Status;

public sealed class StatusChangeTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    [Fact]
    public void What_is_written_is_not_written_again() => Of(Situation.Fine.Status(), Situation.Fine.Status()).Should().Be(new StatusChange(null, null));

    [Fact]
    public void The_first_status_is_written_whole()
    {
        var after = Situation.Fine.Status();
        Patched(null, Of(null, after).Patch!).Should().Be(Patched(null, ResourceJson.Object(after)));
    }

    [Fact]
    public void The_servers_default_is_no_status_yet() =>
        Of(new TenantPluginStatus { ObservedGeneration = -1 }, Situation.Fine.Status()).Patch.Should().ContainKeys("phase", "conditions", "observedGeneration");

    [Fact]
    public void That_a_plugin_was_asked_again_is_no_news()
    {
        var later = (Situation.Fine with { Health = Situation.Answer() with { CheckedAt = Given.Now.AddHours(1) } }).Status();
        Of(Situation.Fine.Status(), later, after: TimeSpan.FromHours(1)).Should().Be(new StatusChange(null, null));
    }

    [Fact]
    public void Numbers_alone_wait_for_their_interval()
    {
        var change = Of(Situation.Fine.Status(), Called(1043), after: TimeSpan.FromSeconds(25));
        change.Patch.Should().BeNull();
        change.LookAgain.Should().Be(TimeSpan.FromSeconds(35));
    }

    [Fact]
    public void Numbers_alone_are_written_after_their_interval_with_the_time_of_both()
    {
        var change = Of(Situation.Fine.Status(), Called(1043, Interval), after: Interval);
        change.LookAgain.Should().BeNull();
        change.Patch!.ToJsonString().Should().Be(
            """{"health":{"checkedAt":"2025-06-01T12:01:00Z"},"metrics":{"apiCalls":1043,"observedAt":"2025-06-01T12:01:00Z"}}""");
    }

    [Fact]
    public void The_first_numbers_are_written_at_once() =>
        Of((Situation.Fine with { Health = null }).Status(), Situation.Fine.Status()).Patch.Should().ContainKey("metrics");

    [Fact]
    public void What_means_something_is_written_at_once_and_takes_the_numbers_along()
    {
        var after = (Situation.Fine with { Health = Situation.Answer(HealthState.Degraded, "slow") with { ApiCalls = 2000 } }).Status();
        var change = Of(Situation.Fine.Status(), after, after: TimeSpan.FromSeconds(1));
        change.LookAgain.Should().BeNull();
        change.Patch.Should().ContainKeys("phase", "conditions", "health", "metrics");
    }

    [Fact]
    public void Other_words_of_the_plugin_for_the_same_wait_like_numbers()
    {
        // A plugin that tells the time in its message would otherwise be written at every asking.
        var before = (Situation.Fine with { Health = Situation.Answer(HealthState.Degraded, "slow since 12:00") }).Status();
        var later = Situation.Fine with { Before = before, Health = Situation.Answer(HealthState.Degraded, "slow since 12:01") };
        var change = Of(before, later.Status(), after: TimeSpan.FromSeconds(15));
        change.Should().BeEquivalentTo(new { Patch = (JsonObject?)null, LookAgain = TimeSpan.FromSeconds(45), IsMeaning = false });
        Of(before, later.Status(), after: Interval).Patch.Should().ContainKeys("conditions", "health");
    }

    [Fact]
    public void A_check_that_fails_is_told_at_once_even_where_another_is_worse()
    {
        var health = Situation.Answer(HealthState.Degraded, "slow");
        var before = (Situation.Fine with { Health = health }).Status();
        var after = (Situation.Fine with { Before = before, Health = health with { Checks = [.. health.Checks, new PluginCheck("quota", HealthState.Degraded, "used up")] } }).Status();
        Of(before, after).IsMeaning.Should().BeTrue();
    }

    [Fact]
    public void The_kubelets_words_are_told_at_once()
    {
        var before = (Situation.Fine with { Deployment = Situation.Rolling(), Pods = [Pods.Waiting("ErrImagePull", "timeout")], Health = null }).Status();
        var after = (Situation.Fine with { Before = before, Deployment = Situation.Rolling(), Pods = [Pods.Waiting("ErrImagePull", "manifest unknown")], Health = null }).Status();
        Of(before, after).IsMeaning.Should().BeTrue();
    }

    [Fact]
    public void A_new_generation_is_told_even_when_nothing_else_changed()
    {
        var before = Situation.Fine.Status();
        var patch = Of(before, (Situation.Fine with { Before = before, Generation = 4 }).Status()).Patch!;
        patch["observedGeneration"]!.GetValue<long>().Should().Be(4);
        patch.Select(static p => p.Key).Should().BeEquivalentTo("observedGeneration", "conditions");
    }

    [Fact]
    public void A_condition_that_ended_is_gone_from_the_list()
    {
        var before = (Situation.Fine with { Health = null }).Status();
        var patch = Of(before, Situation.Fine.Status()).Patch!;
        patch["conditions"]!.AsArray().Select(static c => c!["type"]!.GetValue<string>()).Should().Contain("Ready").And.NotContain("Reconciling");
    }

    [Property(MaxTest = 300)]
    public Property The_patch_makes_the_new_status_of_the_old_one() => Prop.ForAll(
        Arb.From(Statuses), Arb.From(Statuses), Arb.From(Gen.Choose(0, 120)), static (before, after, seconds) =>
        {
            var change = Of(before, after, TimeSpan.FromSeconds(seconds));
            (change.Patch is not null && change.LookAgain is not null).Should().BeFalse();
            if (change.Patch is { } patch)
            {
                Patched(before, patch).Should().Be(Patched(null, ResourceJson.Object(after)));
            }
            else if (change.LookAgain is { } wait)
            {
                wait.Should().BePositive().And.BeLessThanOrEqualTo(Interval);
            }

            // A writer that has written has nothing left to write.
            Of(after, after, TimeSpan.FromSeconds(seconds)).Should().Be(new StatusChange(null, null));
        });

    private static Gen<TenantPluginStatus> Statuses =>
        from spec in Gen.Elements("""{"plugin":"twilio"}""", """{"plugin":"twilio","enabled":false}""", """{"plugin":"twilio","replicas":3}""", """{"plugin":"twilio","config":1}""")
        from tenant in Gen.Elements("acme", null)
        from deployment in Gen.Elements(null, Situation.Rolled(), Situation.Rolling(), Situation.Rolling(1, Situation.Stuck))
        from state in Gen.Elements(HealthState.Healthy, HealthState.Degraded, HealthState.Unhealthy, HealthState.Unknown)
        from message in Gen.Elements("", "slow", "credentials refused")
        from calls in Gen.Choose(0, 3)
        from asked in Gen.Elements(true, false)
        from generation in Gen.Choose(1, 2)
        select (Situation.Fine with
        {
            Spec = spec,
            Tenant = tenant,
            Deployment = deployment,
            Generation = generation,
            Health = asked ? Situation.Answer(state, message) with { ApiCalls = calls, Recent = new RecentUsage(calls, 0, calls == 0 ? null : new LatencyHistogram([10], [calls, 0], calls)) } : null,
        }).Status();

    private static TenantPluginStatus Called(long times, TimeSpan later = default) =>
        (Situation.Fine with { Before = Situation.Fine.Status(), Now = Given.Now + later, Health = Situation.Answer() with { ApiCalls = times, CheckedAt = Given.Now + later } }).Status();

    private static StatusChange Of(TenantPluginStatus? before, TenantPluginStatus status, TimeSpan after = default) =>
        StatusChange.Of(before, status, Interval, Given.Now + after);

    // RFC 7396, as the server does it; members sorted, for their order means nothing.
    private static string Patched(TenantPluginStatus? before, JsonObject patch) =>
        Sorted(Merge(before is null ? new JsonObject() : ResourceJson.Object(before), patch))!.ToJsonString();

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var merged = target is JsonObject known ? (JsonObject)known.DeepClone() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = Merge(merged[name], value);
            }
        }

        return merged;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        _ => node?.DeepClone(),
    };
}
