using DotMac.Operator.Status;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Status;

/// <summary>Every transition that somebody would ask about is told, once.</summary>
public sealed class StatusNewsTests
{
    private static readonly Situation Starting = Situation.Fine with { Deployment = Situation.Rolling(), Pods = [Pods.NotReady()], Health = null };
    private static readonly Situation Crashing = Starting with { Pods = [Pods.Waiting("CrashLoopBackOff")] };

    private static readonly Dictionary<string, (TenantPluginStatus? Before, Situation After, string[] News)> Table = new()
    {
        ["the first visit"] = (null, Starting, ["Installing"]),
        ["the first visit, the server's default"] = (new TenantPluginStatus { ObservedGeneration = -1 }, Starting, ["Installing"]),
        ["the first visit finds a mistake"] = (null, Situation.Fine with { Tenant = null, Applied = null, Deployment = null, Pods = [], Health = null }, ["Installing", "!NotATenant"]),
        ["nothing happened"] = (Situation.Fine.Status(), Situation.Fine, []),
        ["it runs"] = (Starting.Status(), Situation.Fine, ["Activated"]),
        ["it runs again"] = ((Situation.Fine with { Health = Situation.Answer(HealthState.Degraded, "slow") }).Status(), Situation.Fine, ["Recovered"]),
        ["a vendor has trouble"] = (Situation.Fine.Status(), Situation.Fine with { Health = Situation.Answer(HealthState.Degraded, "slow") }, ["!ChecksDegraded"]),
        ["the plugin is broken"] = (Situation.Fine.Status(), Situation.Fine with { Health = Situation.Answer(HealthState.Unhealthy, "refused") }, ["!ChecksFailed"]),
        ["it crashes while it starts"] = (Starting.Status(), Crashing, ["!CrashLoopBackOff"]),
        ["it still crashes"] = (Crashing.Status(), Crashing, []),
        ["a spec is changed"] = (Situation.Fine.Status(), Situation.Fine with { Generation = 4 }, ["SpecChanged"]),
        ["it is deactivated"] = (Situation.Fine.Status(), Situation.Fine with { Generation = 4, Spec = """{"plugin":"twilio","enabled":false}""" }, ["SpecChanged", "Deactivated"]),
        ["it is removed"] = (Situation.Fine.Status(), Situation.Fine with { Deleting = true, Generation = 4 }, ["Terminating"]),
        ["a secret is missing"] = (Situation.Fine.Status(), Situation.Fine with { Secrets = new("False", "SecretNotFound", "make it"), Applied = null }, ["!SecretNotFound"]),
        ["Vault went away"] = (Situation.Fine.Status(), Situation.Fine with { Secrets = new("Unknown", "VaultSealed", "unseal it") }, ["!VaultSealed"]),
        ["a container was started again and is back"] = (Situation.Fine.Status(), Situation.Fine with { Pods = [Pods.Ready(restarts: 2)] }, ["!ContainerRestarted"]),
    };

    public static TheoryData<string> Names { get; } = [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transition_is_told_as_in_the_table(string name)
    {
        var (before, after, expected) = Table[name];
        var news = StatusNews.Of(before, (after with { Before = before }).Status());
        news.Select(static n => $"{(n.IsWarning ? "!" : string.Empty)}{n.Reason}").Should().Equal(expected);
        news.Should().NotContain(static n => n.Note.Length == 0);
    }

    [Fact]
    public void An_upgrade_names_both_versions()
    {
        var before = Situation.Fine.Status();
        before.Version = "0.9.0";
        StatusNews.Of(before, (Situation.Fine with { Generation = 4 }).Status()).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new News(false, "Upgrading", "Version 0.9.0 is replaced by 1.0.0"));
    }
}
