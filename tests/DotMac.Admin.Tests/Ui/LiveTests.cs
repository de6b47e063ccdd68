using DotMac.Admin.Ui.Live;
using DotMac.Admin.Views;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Tests.Ui;

public sealed class LiveTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_wrong_comes_first_then_tenants_and_names_in_order() =>
        Names(new TableQuery(), Plugin("b", "one", PluginPhase.Active), Plugin("a", "two", PluginPhase.Active), Plugin("c", "broken", PluginPhase.Failed), Plugin("a", "off", PluginPhase.Inactive), Plugin("a", "ill", PluginPhase.Degraded))
            .Should().Equal("broken", "ill", "two", "one", "off");

    [Fact]
    public void Filters_leave_what_fits_all_of_them()
    {
        var plugins = new[] { Plugin("a", "twilio", PluginPhase.Active, HealthState.Healthy), Plugin("b", "twilio", PluginPhase.Failed), Plugin("b", "slack", PluginPhase.Active, HealthState.Degraded) };
        Names(new TableQuery { Tenant = "t-b" }, plugins).Should().Equal("twilio", "slack");
        Names(new TableQuery { State = InstallationState.Active }, plugins).Should().Equal("twilio", "slack");
        Names(new TableQuery { Health = "degraded" }, plugins).Should().Equal("slack");
        Names(new TableQuery { Search = " SLA " }, plugins).Should().Equal("slack");
        Names(new TableQuery { Search = "the name of tw" }, plugins).Should().HaveCount(2);
        Names(new TableQuery { Search = "t-a", State = InstallationState.Failed }, plugins).Should().BeEmpty();
    }

    [Fact]
    public void What_is_of_no_tenant_is_not_listed() => PluginTable.Rows([Plugin("a", "one", PluginPhase.Active)], new TableQuery(), static _ => null, static id => id).Should().BeEmpty();

    [Fact]
    public void Rates_are_of_a_minute_and_a_counter_that_fell_began_anew()
    {
        var samples = new[] { Sample(0, 100), Sample(2, 160), Sample(3, 30), Sample(3, 40), Sample(4, 40) };
        UsageRates.PerMinute(samples, static s => s.Calls).Should().Equal(30, 30, null, 0);
        UsageRates.PerMinute([], static s => s.Calls).Should().BeEmpty();
    }

    private static UsageSample Sample(int minutes, long calls) => new(Noon.AddMinutes(minutes), calls, 0, null, null);

    private static IEnumerable<string> Names(TableQuery query, params TenantPlugin[] plugins) =>
        PluginTable.Rows(plugins, query, static ns => $"t-{ns}", static id => $"the name of {id}").Select(static plugin => plugin.Metadata.Name!);

    private static TenantPlugin Plugin(string ns, string name, PluginPhase phase, HealthState? health = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Namespace = ns, Uid = $"{ns}/{name}" },
        Spec = new TenantPluginSpec { Plugin = name },
        Status = new TenantPluginStatus { Phase = phase, Health = health is { } state ? new TenantPluginHealth { State = state } : null },
    };
}
