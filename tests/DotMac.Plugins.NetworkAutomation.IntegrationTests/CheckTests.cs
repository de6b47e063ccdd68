using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests;

[Collection(LabCollection.Name)]
public sealed class CheckTests(NetworkLab lab) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => lab.NothingIsLeftAsync();

    [Fact]
    public async Task TheToolsAreThereWithTheirVersions()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync([]);

        PluginCheck check = await CheckAsync(host, "tools");

        check.State.Should().Be(HealthState.Healthy);
        check.Message.Should().MatchRegex(@"^net-snmp 5\.\S+, OpenSSH \d+\.\S+, ansible-core 2\.\S+$");
    }

    [Fact]
    public async Task DevicesThatAnswerAreHealthy()
    {
        JsonObject both = lab.V2C(SnmpAgent.ReadCommunity);
        both["ssh"] = lab.ByKey()["ssh"]!.DeepClone();
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["both"] = both, ["three"] = lab.V3() });

        PluginCheck check = await CheckAsync(host, "devices");

        check.State.Should().Be(HealthState.Healthy, check.Message);
    }

    [Fact]
    public async Task DevicesThatDoNotAnswerAreNamed()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new()
        {
            ["good"] = lab.V3(),
            ["silent"] = lab.V2C("wr0ng-community"),
            ["closed"] = lab.ByKey(port: Ports.FreeTcp()),
        });

        PluginCheck check = await CheckAsync(host, "devices");

        check.State.Should().Be(HealthState.Degraded);
        check.Message.Should().StartWith("2 of 3").And.Contain("silent:").And.Contain("closed:").And.NotContain("good").And.NotContain("wr0ng");
    }

    [Fact]
    public async Task CredentialsThatAllDevicesRefuseAreUnhealthyAndThePluginReady()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["one"] = lab.V3(authPassword: "wr0ng-password"), ["two"] = lab.V3(user: "nobody") });

        PluginCheck check = await CheckAsync(host, "devices");

        check.State.Should().Be(HealthState.Unhealthy);
        check.Message.Should().Contain("All 2 devices");
        await host.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task TheOperationsAreDescribed()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync([]);

        OperationList list = (await host.Client.GetFromJsonAsync(ContractPaths.Operations, ContractJsonContext.Default.OperationList))!;

        list.Operations.Select(operation => operation.Name)
            .Should().Equal("ansible_run", "ansible_status", "snmp_get", "snmp_set", "snmp_walk", "ssh_exec", "ssh_upload");
        list.Operations.Should().OnlyContain(operation => operation.RequestSchema != null && operation.ResponseSchema != null);
    }

    private static async Task<PluginCheck> CheckAsync(PluginTestHost host, string name)
    {
        PluginCheck? check = null;
        await host.WaitForAsync(ContractPaths.Status, response =>
            (check = response.Content.ReadFromJsonAsync(ContractJsonContext.Default.PluginStatusReport).GetAwaiter().GetResult()!
                .Checks.Single(known => known.Name == name)).State != HealthState.Unknown);
        return check!;
    }
}
