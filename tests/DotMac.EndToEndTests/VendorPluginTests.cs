using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;

namespace DotMac.EndToEndTests;

/// <summary>The catalog's plugins on the cluster, each against its vendor's stand-in.</summary>
[Collection(DemoCollection.Name)]
public sealed class VendorPluginTests : IAsyncLifetime
{
    private const int MostMebibytes = 64;
    private VendorStandIn _vendors = null!;

    public static TheoryData<VendorPlugin> Plugins => [.. VendorPlugin.All];

    public async Task InitializeAsync() => _vendors = await VendorStandIn.RunningAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Plugins))]
    public async Task With_a_reference_to_its_credentials_it_becomes_active_serves_and_stays_small(VendorPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var tenant = await VendorStandIn.InstallAsync(plugin, VendorStandIn.Token);
        await tenant.WaitForAsync("is active and healthy", static s => PluginTenant.Text(s, "phase") == "Active" && PluginTenant.Text(s["health"], "state") == "Healthy", TimeSpan.FromSeconds(180));

        var (status, answer) = await tenant.CallAsync(plugin.Operation, (JsonObject)JsonNode.Parse(plugin.Request)!);

        status.Should().Be(200, answer?.ToJsonString());
        answer![plugin.Answer].Should().NotBeNull();
        (await MemoryAsync(tenant)).Should().BeLessThanOrEqualTo(MostMebibytes);
        await tenant.DeleteAsync();
    }

    [Theory]
    [MemberData(nameof(Plugins))]
    public async Task Wrong_credentials_show_with_the_vendors_reason_and_not_as_a_crash_loop(VendorPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var tenant = await VendorStandIn.InstallAsync(plugin, "not-the-token");

        var status = await tenant.WaitForComplaintAsync("credentials");

        status.ToJsonString().Should().NotContain("not-the-token");
        (await tenant.PodsAsync()).Should().ContainSingle().Which["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>().Should().Be(0);
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task An_outage_of_the_vendor_shows_within_two_probes_and_heals_without_anybody_calling()
    {
        var tenant = await VendorStandIn.InstallAsync(VendorPlugin.All[0], VendorStandIn.Token);
        await tenant.WaitForAsync("is healthy", static s => PluginTenant.Text(s["health"], "state") == "Healthy", TimeSpan.FromSeconds(180));
        await _vendors.FailAsync(503);
        try
        {
            // The breaker opens after ten failures.
            for (var call = 0; call < 12; call++)
            {
                (await tenant.CallAsync(VendorPlugin.All[0].Operation, (JsonObject)JsonNode.Parse(VendorPlugin.All[0].Request)!)).Status.Should().Be(503);
            }

            var status = await tenant.WaitForAsync("is degraded", static s => PluginTenant.Text(s["health"], "state") == "Degraded", TimeSpan.FromSeconds(30));
            PluginTenant.ConditionMessage(status, "Healthy").Should().Contain("left alone");
        }
        finally
        {
            await _vendors.RecoverAsync();
        }

        await tenant.WaitForAsync("is healthy again", static s => PluginTenant.Text(s["health"], "state") == "Healthy", TimeSpan.FromSeconds(90));
        await tenant.DeleteAsync();
    }

    // What the container's cgroup is charged with, without the files that the kernel may drop.
    private static async Task<double> MemoryAsync(PluginTenant tenant)
    {
        var pod = (await tenant.PodsAsync()).Should().ContainSingle().Subject["metadata"]!["name"]!.GetValue<string>();
        var seen = await Command.RunAsync(
            "kubectl",
            ["-n", tenant.Namespace, "exec", pod, "--", "sh", "-c", "cat /sys/fs/cgroup/memory/memory.usage_in_bytes /sys/fs/cgroup/memory/memory.stat 2>/dev/null || cat /sys/fs/cgroup/memory.current /sys/fs/cgroup/memory.stat"]);
        seen.ExitCode.Should().Be(0, seen.Error);
        var lines = seen.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var inactive = lines.Skip(1).Select(static line => line.Split(' ')).Last(static words => words[0] is "total_inactive_file" or "inactive_file")[1];
        return (double.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture) - double.Parse(inactive, System.Globalization.CultureInfo.InvariantCulture)) / 1024 / 1024;
    }
}
