using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;

namespace DotMac.EndToEndTests;

/// <summary>The network-automation plugin on the cluster, with a real device on this machine.</summary>
[Collection(DemoCollection.Name)]
public sealed class NetworkPluginTests : IAsyncLifetime
{
    private HostDevice _device = null!;

    public async Task InitializeAsync()
    {
        await VendorStandIn.RunningAsync();
        _device = await HostDevice.StartAsync();
    }

    public Task DisposeAsync()
    {
        _device.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task With_references_to_its_passwords_it_becomes_active_and_asks_the_device()
    {
        var tenant = await InstallAsync(HostDevice.AuthPassword);
        await tenant.WaitForAsync("is active and healthy", static s => PluginTenant.Text(s, "phase") == "Active" && PluginTenant.Text(s["health"], "state") == "Healthy", TimeSpan.FromSeconds(180));

        var (status, answer) = await tenant.CallAsync("snmp_get", new JsonObject { ["devices"] = new JsonArray("edge"), ["oids"] = new JsonArray("1.3.6.1.2.1.1.1.0") });

        status.Should().Be(200, answer?.ToJsonString());
        answer!.ToJsonString().Should().Contain("end-to-end tests").And.Contain("\"ok\":true");
        await tenant.DeleteAsync();
    }

    [Fact]
    public async Task A_wrong_password_shows_in_the_health_and_not_as_a_crash_loop()
    {
        var tenant = await InstallAsync("not-the-password");

        var status = await tenant.WaitForComplaintAsync("devices");

        status.ToJsonString().Should().NotContain("not-the-password");
        (await tenant.PodsAsync()).Should().ContainSingle().Which["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>().Should().Be(0);
        await tenant.DeleteAsync();
    }

    private async Task<PluginTenant> InstallAsync(string password)
    {
        var tenant = await PluginTenant.NewAsync("network-automation");
        await tenant.WriteCredentialsAsync(new JsonObject { ["auth"] = password, ["priv"] = HostDevice.PrivPassword });
        return await tenant.InstallAsync(new JsonObject
        {
            ["plugin"] = "network-automation",
            ["config"] = new JsonObject
            {
                ["devices"] = new JsonObject
                {
                    ["edge"] = new JsonObject
                    {
                        ["host"] = _device.Address,
                        ["snmp"] = new JsonObject
                        {
                            ["version"] = "v3",
                            ["port"] = HostDevice.Port,
                            ["user"] = HostDevice.User,
                            ["authProtocol"] = "SHA-256",
                            ["authPassword"] = "${secret:network-automation-credentials/auth}",
                            ["privPassword"] = "${secret:network-automation-credentials/priv}",
                        },
                    },
                },
            },
            ["sandbox"] = new JsonObject
            {
                ["egress"] = new JsonArray(new JsonObject { ["host"] = _device.Address, ["ports"] = new JsonArray(HostDevice.Port), ["protocol"] = "UDP" }),
            },
        });
    }
}
