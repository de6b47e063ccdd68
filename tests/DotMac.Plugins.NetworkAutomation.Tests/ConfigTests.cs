using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.NetworkAutomation.Config;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Operations;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.NetworkAutomation.Tests;

public sealed class ConfigTests
{
    [Fact]
    public void ADeviceTakesOverFromTheDefaultsWhatItDoesNotSay()
    {
        NetworkAutomationConfig config = Make.Config($$"""
            {
              "defaults": {
                "snmp": { "version": "v3", "user": "monitor", "authPassword": "default-auth", "privPassword": "default-priv", "timeoutSeconds": 5 },
                "ssh": { "user": "admin", "password": "default-password", "connectTimeoutSeconds": 3 }
              },
              "devices": {
                "a": { "host": "192.0.2.1", "snmp": {}, "ssh": { "hostKeys": ["{{Make.HostKey}}"] } },
                "b": {
                  "host": "192.0.2.2",
                  "snmp": { "authPassword": "own-auth", "securityLevel": "authNoPriv", "port": 1161 },
                  "ssh": { "privateKey": {{System.Text.Json.JsonSerializer.Serialize(Make.Key)}}, "hostKeys": ["{{Make.HostKey}}"] }
                },
                "c": { "host": "192.0.2.3" }
              }
            }
            """);
        Device a = Device.Of("a", config.Devices["a"], config.Defaults);
        Device b = Device.Of("b", config.Devices["b"], config.Defaults);
        Device c = Device.Of("c", config.Devices["c"], config.Defaults);

        ConfigRules.OfDevices(config).Should().BeEmpty();
        a.Snmp.Should().BeEquivalentTo(new { Version = "v3", User = "monitor", SecurityLevel = "authPriv", AuthProtocol = "SHA", PrivProtocol = "AES", Port = 161, TimeoutSeconds = 5.0, Retries = 2 });
        a.Ssh.Should().BeEquivalentTo(new { User = "admin", Password = "default-password", Port = 22, ConnectTimeoutSeconds = 3 });
        b.Snmp.Should().BeEquivalentTo(new { AuthPassword = "own-auth", SecurityLevel = "authNoPriv", Port = 1161, TimeoutSeconds = 5.0 });
        b.Ssh!.PrivateKey.Should().NotBeNull();
        b.Ssh.Password.Should().BeNull("a device with a key of its own is not tried with the password of others");
        (c.Snmp, c.Ssh).Should().Be((null, null), "the defaults do not make a device speak what it does not say it speaks");
    }

    [Theory]
    [InlineData("""{ "host": "h", "snmp": {} }""", "version")]
    [InlineData("""{ "host": "h", "snmp": { "version": "v2c" } }""", "community")]
    [InlineData("""{ "host": "h", "snmp": { "version": "v3" } }""", "user")]
    [InlineData("""{ "host": "h", "snmp": { "version": "v3", "user": "u", "securityLevel": "authNoPriv" } }""", "authPassword")]
    [InlineData("""{ "host": "h", "snmp": { "version": "v3", "user": "u", "privPassword": "12345678" } }""", "authPassword")]
    [InlineData("""{ "host": "h", "snmp": { "version": "v3", "user": "u", "securityLevel": "authPriv", "authPassword": "12345678" } }""", "privPassword")]
    [InlineData("""{ "host": "h", "ssh": { "user": "u", "password": "p" } }""", "hostKeys")]
    [InlineData("""{ "host": "h", "ssh": { "password": "p", "hostKeys": ["k"] } }""", "user")]
    [InlineData("""{ "host": "h", "ssh": { "user": "u", "hostKeys": ["k"] } }""", "privateKey")]
    [InlineData("null", "object")]
    public void WhatADeviceStillLacksIsToldWithItsName(string device, string lacking) =>
        Make.Problems($$"""{ "devices": { "edge-1": {{device}} } }""").Should().Contain(problem => problem.StartsWith("edge-1: ", StringComparison.Ordinal) && problem.Contains(lacking, StringComparison.Ordinal));

    [Theory]
    [InlineData("-oProxyCommand=id")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a/../b")]
    [InlineData("a\n")]
    public void NamesOfDevicesAndPlaybooksAreNarrow(string name)
    {
        string quoted = System.Text.Json.JsonSerializer.Serialize(name);

        Make.Problems($$"""{ "devices": { {{quoted}}: { "host": "h" } } }""").Should().ContainSingle();
        Make.Problems($$"""{ "devices": {}, "playbooks": { {{quoted}}: "- hosts: all" } }""").Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{ "devices": { "a": {} } }""", "/devices/a/host")]
    [InlineData("""{ "devices": { "a": { "host": "-oProxyCommand=id" } } }""", "/devices/a/host")]
    [InlineData("""{ "devices": { "a": { "host": "host:22" } } }""", "/devices/a/host")]
    [InlineData("""{ "devices": { "a": { "host": "h", "groups": ["all"] } } }""", "/devices/a/groups")]
    [InlineData("""{ "devices": { "a": { "host": "h", "snmp": { "version": "v1" } } } }""", "/devices/a/snmp/version")]
    [InlineData("""{ "devices": { "a": { "host": "h", "snmp": { "community": "a\nb" } } } }""", "/devices/a/snmp/community")]
    [InlineData("""{ "devices": { "a": { "host": "h", "snmp": { "authPassword": "short" } } } }""", "/devices/a/snmp/authPassword")]
    [InlineData("""{ "devices": { "a": { "host": "h", "snmp": { "authProtocol": "SHA-1" } } } }""", "/devices/a/snmp/authProtocol")]
    [InlineData("""{ "devices": { "a": { "host": "h", "ssh": { "user": "-l" } } } }""", "/devices/a/ssh/user")]
    [InlineData("""{ "devices": { "a": { "host": "h", "ssh": { "user": "u", "password": "p", "hostKeys": ["* ssh-ed25519 AAAA"] } } } }""", "/devices/a/ssh/hostKeys")]
    [InlineData("""{ "devices": { "a": { "host": "h", "ssh": { "password": "p", "privateKey": "-----BEGIN PRIVATE KEY-----" } } } }""", "/devices/a/ssh/privateKey")]
    [InlineData("""{ "devices": { "a": { "host": "h", "ssh": { "privateKey": "nonsense" } } } }""", "/devices/a/ssh/privateKey")]
    [InlineData("""{ "devices": {}, "maxConcurrency": 0 }""", "/maxConcurrency")]
    [InlineData("{}", "/devices")]
    public async Task AnUnusableConfigIsToldByPointer(string config, string pointer)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new NetworkAutomationPlugin(), new() { Config = config });

        await host.WaitForAsync("/readyz", response => response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains($"\"pointer\":\"{pointer}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("::1")]
    [InlineData("edge_1.example")]
    public async Task AddressesAndNamesAreGoodHosts(string name)
    {
        string config = $$"""
            { "devices": { "a": { "host": "{{name}}", "snmp": {
              "version": "v3", "user": "u", "authProtocol": "SHA-512", "authPassword": "12345678", "privProtocol": "AES-256-C", "privPassword": "12345678", "timeoutSeconds": 0.2, "retries": "0", "port": 1
            } } } }
            """;
        await using PluginTestHost host = await PluginTestHost.StartAsync(new NetworkAutomationPlugin(), new() { Config = config.Replace(name, "127.0.0.1", StringComparison.Ordinal) });

        await host.WaitUntilReadyAsync();
        new DeviceConfig { Host = name }.Validate(new(new object())).Should().BeEmpty();
        WholeMatch.Is(name, NetworkForms.Host).Should().BeTrue();
    }

    [Fact]
    public void ASelectionTakesEachDeviceOnceAndAGroupItsMembers()
    {
        NetworkAutomationConfig config = Make.Config("""
            { "devices": { "a": { "host": "h1", "groups": ["edge"] }, "b": { "host": "h2" }, "c": { "host": "h3", "groups": ["core", "edge"] } } }
            """);

        DeviceSelection.Select(config, new SnmpGetRequest { Oids = [], Devices = ["b", "a", "b"] }).Select(device => device.Name).Should().Equal("b", "a");
        DeviceSelection.Select(config, new SnmpGetRequest { Oids = [], Group = "edge" }).Select(device => device.Name).Should().Equal("a", "c");
    }

    [Fact]
    public void AnUnknownDeviceIsToldWithThoseThatThereAre()
    {
        NetworkAutomationConfig config = Make.Config("""{ "devices": { "b": { "host": "h2" }, "a": { "host": "h1", "groups": ["edge"] } } }""");

        Errors(new SnmpGetRequest { Oids = [], Devices = ["a", "x", "h1"] }).Should().Equal(
            new FieldProblem("/devices/1", "Is no device of the plugin's config. Known devices: a, b."),
            new FieldProblem("/devices/2", "Is no device of the plugin's config. Known devices: a, b."));
        Errors(new SnmpGetRequest { Oids = [], Group = "core" }).Should().Equal(new FieldProblem("/group", "No device is in this group. Known groups: edge."));

        IReadOnlyList<FieldProblem> Errors(DevicesRequest request) =>
            FluentActions.Invoking(() => DeviceSelection.Select(config, request)).Should().Throw<InvalidRequestException>().Which.Errors;
    }

    [Fact]
    public void NothingThatHoldsSecretsPrintsThem()
    {
        var snmp = new SnmpConfig { Community = "s3cret", AuthPassword = "s3cret-auth" };
        var ssh = new SshConfig { Password = "s3cret" };
        var device = new DeviceConfig { Host = "h", Snmp = snmp, Ssh = ssh };
        object[] all =
        [
            snmp, ssh, device, new DefaultsConfig { Snmp = snmp, Ssh = ssh }, new NetworkAutomationConfig { Devices = new() { ["a"] = device } },
            Device.Of("a", device, null), SnmpTarget.Of(device, null)!, SshTarget.Of(device, null)!,
        ];

        all.Select(one => $"{one}").Should().NotContain(text => text.Contains("s3cret", StringComparison.Ordinal));
    }
}
