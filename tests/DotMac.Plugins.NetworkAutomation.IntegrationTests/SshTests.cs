using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Testing;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests;

[Collection(LabCollection.Name)]
public sealed class SshTests(NetworkLab lab) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => lab.NothingIsLeftAsync();

    [Fact]
    public async Task ACommandRunsByKeyAndByPassword()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["key"] = lab.ByKey(null, null, null, "both"), ["password"] = lab.ByPassword(SshServer.Password, "both") });

        IReadOnlyDictionary<string, JsonElement> results = await host.ResultsAsync(
            "ssh_exec", new() { ["group"] = "both", ["command"] = "id -un; echo oops >&2; exit 3" });

        foreach ((string device, string user) in new[] { ("key", "root"), ("password", lab.Server.PasswordUser) })
        {
            results[device].Ok().Should().BeTrue(results[device].ToString());
            results[device].Text("stdout").Should().Be(user + "\n");
            results[device].Text("stderr").Should().Be("oops\n");
            results[device].GetProperty("exitCode").GetInt32().Should().Be(3);
            results[device].GetProperty("stdoutTruncated").GetBoolean().Should().BeFalse();
        }

        host.Log.Should().NotContain("p4ss");
    }

    [Fact]
    public async Task EachDeviceSaysWhyItCannotBeUsed()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new()
        {
            ["good"] = lab.ByKey(),
            ["stranger"] = lab.ByKey(key: lab.Server.StrangersKey),
            ["password"] = lab.ByPassword("wr0ng-password"),
            ["imposter"] = lab.ByKey(hostKey: lab.Server.OtherHostKey),
            ["closed"] = lab.ByKey(port: Ports.FreeTcp()),
            ["snmp-only"] = lab.V2C(SnmpAgent.ReadCommunity),
        });

        IReadOnlyDictionary<string, JsonElement> exec = await host.ResultsAsync("ssh_exec", Exec("true", "good", "stranger", "password", "imposter", "closed", "snmp-only"));
        IReadOnlyDictionary<string, JsonElement> upload = await host.ResultsAsync(
            "ssh_upload", Upload(Path.Combine(lab.Files, "never"), "x", "stranger", "password", "imposter", "closed", "snmp-only"));

        exec["good"].Ok().Should().BeTrue(exec["good"].ToString());
        foreach (IReadOnlyDictionary<string, JsonElement> results in new[] { exec, upload })
        {
            results["stranger"].Text("code").Should().Be("credentials", results["stranger"].ToString());
            results["stranger"].Text("error").Should().Contain("privateKey");
            results["password"].Text("code").Should().Be("credentials", results["password"].ToString());
            results["password"].Text("error").Should().Contain("password");
            results["imposter"].Text("code").Should().Be("hostKey", results["imposter"].ToString());
            results["closed"].Text("code").Should().Be("unreachable", results["closed"].ToString());
            results["snmp-only"].Text("code").Should().Be("notConfigured");
            JsonSerializer.Serialize(results).Should().NotContain("wr0ng").And.NotContain("it's here");
        }

        File.Exists(Path.Combine(lab.Files, "never")).Should().BeFalse();
    }

    [Fact]
    public async Task AnExitCodeOf255IsTheCommandsWhenSshHasNothingToSay()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.ByKey() });

        JsonElement result = (await host.ResultsAsync("ssh_exec", Exec("echo 'Permission denied (publickey).' >&2; exit 255", "good")))["good"];

        result.Ok().Should().BeTrue(result.ToString());
        result.GetProperty("exitCode").GetInt32().Should().Be(255);
    }

    [Fact]
    public async Task ACommandThatLooksLikeAnOptionReachesTheDeviceAsACommand()
    {
        string trap = Path.Combine(lab.Files, "trap");
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.ByKey() });

        JsonElement result = (await host.ResultsAsync("ssh_exec", Exec($"-oProxyCommand=touch${{IFS}}{trap}", "good")))["good"];

        result.Ok().Should().BeTrue(result.ToString());
        result.GetProperty("exitCode").GetInt32().Should().NotBe(0, "the device's shell can make nothing of it");
        result.Text("stderr").Should().NotBeEmpty();
        File.Exists(trap).Should().BeFalse();
    }

    [Fact]
    public async Task ACommandIsOneStringOnOurSide()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.ByKey() });

        JsonElement result = (await host.ResultsAsync("ssh_exec", Exec("printf '%s|' \"a  b\" 'c\"d' ü", "good")))["good"];

        result.Text("stdout").Should().Be("a  b|c\"d|ü|");
    }

    [Fact]
    public async Task LongOutputIsCutAndTheCommandGoesOnToItsEnd()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.ByKey() });

        JsonElement result = (await host.ResultsAsync("ssh_exec", Exec("head -c 3000000 /dev/zero | tr '\\0' x; echo end >&2; exit 7", "good")))["good"];

        result.GetProperty("exitCode").GetInt32().Should().Be(7);
        result.Text("stdout").Should().HaveLength(256 * 1024);
        result.GetProperty("stdoutTruncated").GetBoolean().Should().BeTrue();
        result.Text("stderr").Should().Be("end\n");
    }

    [Fact]
    public async Task ACommandThatTakesTooLongIsBrokenOffAndNothingOfItIsLeftHere()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["slow"] = lab.ByKey(), ["slow-password"] = lab.ByPassword() });
        JsonObject request = Exec("sleep 21.11", "slow", "slow-password");
        request["timeoutSeconds"] = 2;

        Task<IReadOnlyDictionary<string, JsonElement>> call = host.ResultsAsync("ssh_exec", request);
        await Eventually.BeTrueAsync(() => Running().Length == 2, TimeSpan.FromSeconds(10), "ssh does not run");
        string[] running = Running();
        IReadOnlyDictionary<string, JsonElement> results = await call;

        running.Should().NotContain(line => line.Contains("p4ss", StringComparison.Ordinal) || line.Contains("PRIVATE KEY", StringComparison.Ordinal));
        results["slow"].Text("code").Should().Be("timeout");
        results["slow-password"].Text("code").Should().Be("timeout");
        Running().Should().BeEmpty();

        static string[] Running() => [.. RunningPrograms.CommandLines().Where(line => line.StartsWith("/usr/bin/ssh ", StringComparison.Ordinal) && line.EndsWith("sleep 21.11", StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("with  spaces and 'quotes' \"both\"")]
    [InlineData("$(touch trap) `touch trap`; touch trap & \\ back\\\\slashes")]
    [InlineData("*?[a-z]{x,y}~ # grüße")]
    [InlineData(" leading and trailing ")]
    public async Task AnUploadLandsUnderExactlyItsName(string name)
    {
        string directory = Directory.CreateTempSubdirectory("up load-").FullName;
        try
        {
            await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.ByKey() });
            string path = Path.Combine(directory, name);
            File.WriteAllText(path, "what was there before, and longer");
            JsonObject request = Upload(path, "new\ncontent ü", "good");
            request["mode"] = "640";

            JsonElement result = (await host.ResultsAsync("ssh_upload", request))["good"];

            result.Ok().Should().BeTrue(result.ToString());
            result.GetProperty("bytes").GetInt32().Should().Be(14);
            Directory.GetFileSystemEntries(directory).Should().Equal(path);
            File.ReadAllText(path).Should().Be("new\ncontent ü");
            File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APasswordIsEnoughForAnUploadOfAnyBytes(bool atomic)
    {
        byte[] bytes = [.. Enumerable.Range(0, 100_000).Select(number => (byte)(number * 7))];
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["password"] = lab.ByPassword() });

        JsonElement result = (await host.ResultsAsync("ssh_upload", new()
        {
            ["devices"] = new JsonArray("password"),
            ["path"] = $"firmware-{atomic}.bin",
            ["contentBase64"] = Convert.ToBase64String(bytes),
            ["atomic"] = atomic,
        }))["password"];

        result.Ok().Should().BeTrue(result.ToString());
        File.ReadAllBytes(Path.Combine(lab.Server.Home, $"firmware-{atomic}.bin")).Should().Equal(bytes);
    }

    [Fact]
    public async Task AnUploadThatIsRefusedLeavesNothingBehind()
    {
        string directory = Directory.CreateDirectory(Path.Combine(lab.Files, "in-the-way")).FullName;
        string inside = Directory.CreateDirectory(Path.Combine(directory, "target")).FullName;
        File.WriteAllText(Path.Combine(inside, "file"), "x");
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.ByKey(), ["password"] = lab.ByPassword() });

        JsonElement onDirectory = (await host.ResultsAsync("ssh_upload", Upload(inside, "x", "good")))["good"];
        JsonElement forbidden = (await host.ResultsAsync("ssh_upload", Upload("/etc/never-there", "x", "password")))["password"];
        JsonElement nowhere = (await host.ResultsAsync("ssh_upload", Upload(Path.Combine(directory, "no", "such"), "x", "good")))["good"];

        onDirectory.Text("code").Should().Be("refused", onDirectory.ToString());
        forbidden.Text("code").Should().Be("forbidden", forbidden.ToString());
        nowhere.Text("code").Should().Be("refused", nowhere.ToString());
        nowhere.Text("error").Should().Contain("No such file");
        Directory.GetFileSystemEntries(directory).Should().Equal(inside);
        File.Exists("/etc/never-there").Should().BeFalse();
    }

    [Theory]
    [InlineData("""{ "devices": ["good"], "path": "a\nrm b", "content": "x" }""", "/path")]
    [InlineData("""{ "devices": ["good"], "path": "-r", "content": "x" }""", "/path")]
    [InlineData("""{ "devices": ["good"], "path": "/tmp/", "content": "x" }""", "/path")]
    [InlineData("""{ "devices": ["good"], "path": "/tmp/x" }""", "/content")]
    [InlineData("""{ "devices": ["good"], "path": "/tmp/x", "contentBase64": "%%" }""", "/contentBase64")]
    [InlineData("""{ "devices": ["good"], "path": "/tmp/x", "content": "x", "mode": "u+s" }""", "/mode")]
    public async Task AWrongUploadIsRefusedAsAWhole(string request, string pointer)
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["good"] = lab.ByKey() });

        (HttpStatusCode status, string body) = await host.CallAsync("ssh_upload", JsonNode.Parse(request)!.AsObject());

        status.Should().Be(HttpStatusCode.UnprocessableEntity, body);
        JsonElement.Parse(body).GetProperty("errors")[0].Text("pointer").Should().Be(pointer);
    }

    [Fact]
    public async Task ManyDevicesAreWorkedOnAtATimeButNotMoreThanTheConfigSays()
    {
        string now = Directory.CreateDirectory(Path.Combine(lab.Files, "now")).FullName;
        string ever = Directory.CreateDirectory(Path.Combine(lab.Files, "ever")).FullName;
        var devices = new JsonObject();
        for (int number = 0; number < 6; number++)
        {
            devices[$"device-{number}"] = lab.ByKey(null, null, null, "six");
        }

        await using PluginTestHost host = await NetworkLab.StartPluginAsync(devices, """, "maxConcurrency": 2""");

        // The first waits for a second; then each says how many run while it does.
        IReadOnlyDictionary<string, JsonElement> results = await host.ResultsAsync("ssh_exec", new()
        {
            ["group"] = "six",
            ["command"] = $"touch {now}/$$ {ever}/$$; until [ $(ls {ever} | wc -l) -ge 2 ]; do sleep 0.1; done; sleep 0.2; ls {now} | wc -l; rm {now}/$$",
        });

        results.Should().HaveCount(6);
        results.Values.Select(result => int.Parse(result.Text("stdout")!, System.Globalization.CultureInfo.InvariantCulture)).Max().Should().Be(2);
    }

    private static JsonObject Exec(string command, params string[] devices) => new() { ["devices"] = Names(devices), ["command"] = command };

    private static JsonObject Upload(string path, string content, params string[] devices) => new() { ["devices"] = Names(devices), ["path"] = path, ["content"] = content };

    private static JsonArray Names(string[] devices) => [.. devices.Select(device => (JsonNode?)device)];
}
