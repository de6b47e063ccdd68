using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Testing;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests;

[Collection(LabCollection.Name)]
public sealed class SnmpTests(NetworkLab lab) : IAsyncLifetime
{
    private const string Description = ".1.3.6.1.2.1.1.1.0";
    private const string UpTime = ".1.3.6.1.2.1.1.3.0";
    private const string LastChange = ".1.3.6.1.2.1.1.8.0";
    private const string Contact = ".1.3.6.1.2.1.1.4.0";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => lab.NothingIsLeftAsync();

    [Fact]
    public async Task DevicesOfBothVersionsAnswerWithTypedValues()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["two"] = lab.V2C(SnmpAgent.ReadCommunity), ["three"] = lab.V3() });

        IReadOnlyDictionary<string, JsonElement> results = await host.ResultsAsync("snmp_get", new()
        {
            ["devices"] = new JsonArray("two", "three"),
            ["oids"] = new JsonArray(Description, "1.3.6.1.2.1.1.3.0", ".1.3.6.1.2.1.1.7.0", ".1.3.6.1.2.1.1.2.0", ".1.3.6.1.2.1.1.99.0"),
        });

        results.Should().HaveCount(2);
        foreach (JsonElement result in results.Values)
        {
            result.Ok().Should().BeTrue(result.ToString());
            JsonElement[] variables = [.. result.GetProperty("variables").EnumerateArray()];
            variables.Select(variable => variable.Text("type")).Should().Equal("octetString", "timeTicks", "integer", "oid", "noSuchObject");
            variables[0].Text("value").Should().Be("A lab's router");
            variables[1].Text("oid").Should().Be(UpTime);
            variables[1].GetProperty("value").GetInt64().Should().BePositive();
            variables[2].GetProperty("value").GetInt32().Should().Be(72);
            variables[3].Text("value").Should().StartWith(".1.3.6.1.4.1.8072.");
            variables[4].TryGetProperty("value", out _).Should().BeFalse();
        }
    }

    [Fact]
    public async Task OctetsThatAreNoTextAreHexadecimal()
    {
        const string EngineId = "1.3.6.1.6.3.10.2.1.1.0";
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["two"] = lab.V2C(SnmpAgent.ReadCommunity) });

        JsonElement result = (await host.ResultsAsync("snmp_get", new() { ["devices"] = new JsonArray("two"), ["oids"] = new JsonArray(EngineId) }))["two"];

        JsonElement variable = result.GetProperty("variables")[0];
        variable.Text("type").Should().Be("hexString");
        variable.Text("value").Should().MatchRegex("^80001f88[0-9a-f]+$", "that is net-snmp's enterprise number with the first bit set");
    }

    [Fact]
    public async Task OldAndPlainUsersOfVersion3AreServedToo()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new()
        {
            ["old"] = lab.Snmp(new()
            {
                ["version"] = "v3",
                ["user"] = SnmpAgent.OldUser,
                ["authProtocol"] = "MD5",
                ["authPassword"] = SnmpAgent.OldAuthPassword,
                ["privProtocol"] = "DES",
                ["privPassword"] = SnmpAgent.OldPrivPassword,
            }),
            ["plain"] = lab.Snmp(new() { ["version"] = "v3", ["user"] = SnmpAgent.PlainUser }),
        });

        IReadOnlyDictionary<string, JsonElement> results = await host.ResultsAsync("snmp_get", Get("old", "plain"));

        results["old"].Ok().Should().BeTrue(results["old"].ToString());
        results["plain"].Ok().Should().BeTrue(results["plain"].ToString());
    }

    [Fact]
    public async Task OneFailingDeviceDoesNotFailTheOthersAndEachSaysWhy()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new()
        {
            ["good"] = lab.V2C(SnmpAgent.ReadCommunity, "all_of_them"),
            ["community"] = lab.V2C("wr0ng-community", "all_of_them"),
            ["auth"] = lab.V3(authPassword: "wr0ng-password"),
            ["priv"] = lab.V3(privPassword: "wr0ng-password"),
            ["user"] = lab.V3(user: "nobody-knows"),
            ["level"] = lab.Snmp(new() { ["version"] = "v3", ["user"] = SnmpAgent.PlainUser, ["authPassword"] = SnmpAgent.AuthPassword }),
            ["access"] = lab.Snmp(new() { ["version"] = "v3", ["user"] = SnmpAgent.AuthPrivUser }),
            ["closed"] = lab.Snmp(new() { ["version"] = "v2c", ["community"] = "x", ["port"] = Ports.FreeUdp() }),
            ["ssh-only"] = lab.ByKey(),
        });

        IReadOnlyDictionary<string, JsonElement> results = await host.ResultsAsync(
            "snmp_get", Get("good", "community", "auth", "priv", "user", "level", "access", "closed", "ssh-only"));

        results["good"].Ok().Should().BeTrue();
        Code("community").Should().Be("timeout");
        results["community"].Text("error").Should().Contain("community");
        Code("auth").Should().Be("credentials");
        results["auth"].Text("error").Should().Contain("authPassword");
        Code("priv").Should().Be("timeout");
        results["priv"].Text("error").Should().Contain("privPassword");
        Code("user").Should().Be("credentials");
        Code("level").Should().Be("credentials");
        Code("access").Should().Be("forbidden");
        Code("closed").Should().Be("timeout");
        Code("ssh-only").Should().Be("notConfigured");
        (host.Log + JsonSerializer.Serialize(results)).Should().NotContain("wr0ng");

        string? Code(string device) => results[device].Text("code");
    }

    [Fact]
    public async Task AGroupIsAllItsDevices()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new()
        {
            ["one"] = lab.V2C(SnmpAgent.ReadCommunity, "edge"),
            ["two"] = lab.V2C(SnmpAgent.ReadCommunity, "edge", "core"),
            ["other"] = lab.V2C(SnmpAgent.ReadCommunity, "core"),
        });

        IReadOnlyDictionary<string, JsonElement> results = await host.ResultsAsync(
            "snmp_get", new() { ["group"] = "edge", ["oids"] = new JsonArray(UpTime) });

        results.Keys.Should().BeEquivalentTo("one", "two");
    }

    [Theory]
    [InlineData("""{ "devices": ["good", "127.0.0.1"], "oids": ["1.3"] }""", "/devices/1", "good")]
    [InlineData("""{ "devices": ["-oProxyCommand=id"], "oids": ["1.3"] }""", "/devices/0", "good")]
    [InlineData("""{ "group": "nobody", "oids": ["1.3"] }""", "/group", "edge")]
    [InlineData("""{ "oids": ["1.3"] }""", "/devices", "group")]
    [InlineData("""{ "devices": ["good"], "group": "edge", "oids": ["1.3"] }""", "/devices", "group")]
    [InlineData("""{ "devices": ["good"], "oids": ["-Cv"] }""", "/oids", "Item 0")]
    [InlineData("""{ "devices": ["good"], "oids": ["1.3.6.1\n"] }""", "/oids", "Item 0")]
    public async Task AWrongRequestIsRefusedAsAWhole(string request, string pointer, string said)
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.V2C(SnmpAgent.ReadCommunity, "edge") });

        (HttpStatusCode status, string body) = await host.CallAsync("snmp_get", JsonNode.Parse(request)!.AsObject());

        status.Should().Be(HttpStatusCode.UnprocessableEntity, body);
        JsonElement error = JsonElement.Parse(body).GetProperty("errors")[0];
        error.Text("pointer").Should().Be(pointer);
        error.Text("message").Should().Contain(said);
    }

    [Fact]
    public async Task ANameOfAMibThatTheImageDoesNotHaveIsToldSo()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.V2C(SnmpAgent.ReadCommunity) });

        JsonElement result = (await host.ResultsAsync("snmp_get", new() { ["devices"] = new JsonArray("good"), ["oids"] = new JsonArray("ACME-MIB::thing.0") }))["good"];

        result.Text("code").Should().Be("refused");
        result.Text("error").Should().Contain("MIB");
    }

    [Fact]
    public async Task AWalkAnswersAllBelowAndStopsAtTheLimit()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.V2C(SnmpAgent.ReadCommunity), ["three"] = lab.V3() });

        JsonElement system = (await host.ResultsAsync("snmp_walk", new() { ["devices"] = new JsonArray("good"), ["oid"] = "1.3.6.1.2.1.1" }))["good"];
        JsonElement few = (await host.ResultsAsync("snmp_walk", new() { ["devices"] = new JsonArray("three"), ["oid"] = "1.3.6.1", ["maxRows"] = 7, ["maxRepetitions"] = 3 }))["three"];

        system.GetProperty("truncated").GetBoolean().Should().BeFalse();
        JsonElement[] rows = [.. system.GetProperty("variables").EnumerateArray()];
        rows.Length.Should().BeGreaterThan(20);
        rows.Select(row => row.Text("oid")).Should().OnlyHaveUniqueItems().And.OnlyContain(oid => oid!.StartsWith(".1.3.6.1.2.1.1.", StringComparison.Ordinal));
        few.GetProperty("truncated").GetBoolean().Should().BeTrue();
        few.GetProperty("variables").GetArrayLength().Should().Be(7);
        few.GetProperty("variables")[0].Text("value").Should().Be("A lab's router");
    }

    [Fact]
    public async Task AWalkToTheEndOfEverythingEndsWithoutAnEndMarker()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.V2C(SnmpAgent.ReadCommunity) });

        JsonElement result = (await host.ResultsAsync("snmp_walk", new() { ["devices"] = new JsonArray("good"), ["oid"] = "1.3.6.1.6.3.16.1.5" }))["good"];

        result.Ok().Should().BeTrue(result.ToString());
        result.GetProperty("variables").EnumerateArray().Select(row => row.Text("type")).Should().NotBeEmpty().And.NotContain("endOfMibView");
    }

    [Theory]
    [InlineData("s", "plain", "octetString", "plain")]
    [InlineData("s", "", "octetString", "")]
    [InlineData("s", "-v1 -c public $(id) \"'\\", "octetString", "-v1 -c public $(id) \"'\\")]
    [InlineData("s", "grüße\nzweite Zeile", "octetString", "grüße\nzweite Zeile")]
    [InlineData("x", "4142 43", "octetString", "ABC")]
    [InlineData("d", "65.66.67", "octetString", "ABC")]
    public async Task WhatIsSetIsReadBackAsItWas(string type, string value, string readType, string read)
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["writer"] = lab.V2C(SnmpAgent.WriteCommunity), ["three"] = lab.V3() });

        JsonElement set = (await host.ResultsAsync("snmp_set", Set("writer", Contact, type, value)))["writer"];
        JsonElement got = (await host.ResultsAsync("snmp_get", new() { ["devices"] = new JsonArray("three"), ["oids"] = new JsonArray(Contact) }))["three"];

        set.Ok().Should().BeTrue(set.ToString());
        JsonElement variable = got.GetProperty("variables")[0];
        variable.Text("type").Should().Be(readType);
        variable.Text("value").Should().Be(read);
    }

    [Fact]
    public async Task WhatADeviceDoesNotLetBeSetIsItsFailure()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["reader"] = lab.V2C(SnmpAgent.ReadCommunity), ["writer"] = lab.V2C(SnmpAgent.WriteCommunity) });

        JsonElement reader = (await host.ResultsAsync("snmp_set", Set("reader", Contact, "s", "x")))["reader"];
        JsonElement wrongType = (await host.ResultsAsync("snmp_set", Set("writer", Contact, "i", "-5")))["writer"];
        JsonElement readOnly = (await host.ResultsAsync("snmp_set", Set("writer", Description, "s", "x")))["writer"];

        reader.Text("code").Should().Be("forbidden", reader.ToString());
        wrongType.Text("code").Should().Be("refused");
        wrongType.Text("error").Should().Contain("wrongType");
        readOnly.Text("error").Should().Contain("notWritable");
    }

    [Fact]
    public async Task ACommunityArrivesOnTheWireAsItIsAndStandsOnNoCommandLine()
    {
        const string Community = " #a\"b'c%d\\e f ";
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.Client.LocalEndPoint!).Port;
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new()
        {
            ["silent"] = lab.Snmp(new() { ["version"] = "v2c", ["community"] = Community, ["port"] = port, ["timeoutSeconds"] = 60 }),
        });

        Task<IReadOnlyDictionary<string, JsonElement>> call = host.ResultsAsync("snmp_get", GetLastChange("silent"), TimeSpan.FromSeconds(3));
        UdpReceiveResult received = await silent.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        string[] running = [];
        await Eventually.BeTrueAsync(
            () => (running = [.. RunningPrograms.CommandLines().Where(line => line.EndsWith($":{port} {LastChange}", StringComparison.Ordinal))]).Length > 0,
            TimeSpan.FromSeconds(10),
            "snmpget does not run");

        Encoding.UTF8.GetString(received.Buffer).Should().Contain(Community);
        running.Should().NotContain(line => line.Contains("a\"b", StringComparison.Ordinal));
        (await call)["silent"].Text("code").Should().Be("timeout");
    }

    [Fact]
    public async Task TheDeadlineOfACallIsKeptAndTheOthersResultsAreTold()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.Client.LocalEndPoint!).Port;
        JsonObject Slow() => lab.Snmp(new() { ["version"] = "v2c", ["community"] = "x", ["port"] = port, ["timeoutSeconds"] = 60 });
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(
            new() { ["good"] = lab.V2C(SnmpAgent.ReadCommunity), ["slow"] = Slow(), ["slower"] = Slow() }, """, "maxConcurrency": 1""");

        IReadOnlyDictionary<string, JsonElement> results = await host.ResultsAsync("snmp_get", GetLastChange("good", "slow", "slower"), TimeSpan.FromSeconds(3));

        results["good"].Ok().Should().BeTrue();
        results["slow"].Text("code").Should().Be("timeout");
        results["slower"].Text("code").Should().Be("notBegun");
        RunningPrograms.CommandLines().Where(line => line.EndsWith($":{port} {LastChange}", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public async Task ACallerWhoGoesAwayTakesTheProgramsAlong()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.Client.LocalEndPoint!).Port;
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new()
        {
            ["silent"] = lab.Snmp(new() { ["version"] = "v2c", ["community"] = "x", ["port"] = port, ["timeoutSeconds"] = 60 }),
        });
        using CancellationTokenSource patience = new();

        Task call = host.CallAsync("snmp_get", GetLastChange("silent"), cancellationToken: patience.Token);
        await silent.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        await patience.CancelAsync();

        await call.Invoking(async task => await task).Should().ThrowAsync<OperationCanceledException>();
        await Eventually.BeTrueAsync(
            () => !RunningPrograms.CommandLines().Any(line => line.EndsWith($":{port} {LastChange}", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(10),
            "snmpget still runs");
    }

    [Fact]
    public async Task AChangedPasswordIsInForceWithTheNextCall()
    {
        JsonObject device = lab.V3();
        device["snmp"]!["authPassword"] = "${vault:edge/auth}";
        await using PluginTestHost host = await PluginTestHost.StartAsync(new NetworkAutomationPlugin(), new()
        {
            Config = new JsonObject { ["devices"] = new JsonObject { ["edge"] = device } }.ToJsonString(),
            VaultSecrets = { ["edge"] = new() { ["auth"] = "0ld-password" } },
        });
        await host.WaitUntilReadyAsync();
        (await host.ResultsAsync("snmp_get", Get("edge")))["edge"].Text("code").Should().Be("credentials");

        host.WriteVaultSecret("edge", new Dictionary<string, string> { ["auth"] = SnmpAgent.AuthPassword });

        await Eventually.BeTrueAsync(async () => (await host.ResultsAsync("snmp_get", Get("edge")))["edge"].Ok(), TimeSpan.FromSeconds(15), "the old password is still used");
    }

    private static JsonObject Get(params string[] devices) => Get(UpTime, devices);

    // Not what the plugin's own check asks for.
    private static JsonObject GetLastChange(params string[] devices) => Get(LastChange, devices);

    private static JsonObject Get(string oid, string[] devices) => new()
    {
        ["devices"] = new JsonArray([.. devices.Select(device => (JsonNode?)device)]),
        ["oids"] = new JsonArray(oid),
    };

    private static JsonObject Set(string device, string oid, string type, string value) => new()
    {
        ["devices"] = new JsonArray(device),
        ["variables"] = new JsonArray(new JsonObject { ["oid"] = oid, ["type"] = type, ["value"] = value }),
    };
}
