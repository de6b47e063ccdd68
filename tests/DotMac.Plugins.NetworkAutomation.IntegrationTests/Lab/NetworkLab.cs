using System.Text.Json.Nodes;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Testing;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

/// <summary>Real daemons on loopback, for all tests, and plugins that know them as devices.</summary>
public sealed class NetworkLab : IAsyncLifetime
{
    private readonly string? _temporary = Environment.GetEnvironmentVariable("TMPDIR");
    private string _directory = "";
    private SnmpAgent? _agent;
    private SshServer? _server;

    internal SnmpAgent Agent => _agent!;

    internal SshServer Server => _server!;

    /// <summary>A directory for what tests write.</summary>
    internal string Files => Path.Combine(_directory, "files");


    private string Temporary => Path.Combine(_directory, "it's here");

    public async Task InitializeAsync()
    {
        Shell.Run(Path.Combine(RepositoryRoot.Path, "tests", "network", "prerequisites"));
        _directory = Directory.CreateTempSubdirectory("dotmac-lab-").FullName;
        Directory.CreateDirectory(Files);

        // White space and a quote, so that whoever forgets to quote is found out.
        Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateDirectory(Temporary).FullName);
        _agent = await SnmpAgent.StartAsync(_directory);
        _server = await SshServer.StartAsync(_directory);
    }

    /// <summary>A plugin that knows devices, by name and as JSON, and is ready.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="more">More of the config, as JSON members with a comma before.</param>
    internal static async Task<PluginTestHost> StartPluginAsync(JsonObject devices, string more = "")
    {
        PluginTestHost host = await PluginTestHost.StartAsync(
            new NetworkAutomationPlugin(), new() { Config = $$"""{ "devices": {{devices.ToJsonString()}}{{more}} }""" });
        await host.WaitUntilReadyAsync();
        return host;
    }

    /// <summary>Makes sure that none of the plugin's private directories is left. A check that was under way when the host stopped ends a little later.</summary>
    internal Task NothingIsLeftAsync() => Eventually.BeTrueAsync(
        () => Directory.GetDirectories(Temporary, "dotmac-network-*").Length == 0,
        TimeSpan.FromSeconds(5),
        () => $"left: {string.Join(", ", Directory.GetFileSystemEntries(Temporary, "*", SearchOption.AllDirectories))}");

    /// <summary>A device that the agent answers for.</summary>
    internal JsonObject Snmp(JsonObject snmp, params string[] groups)
    {
        snmp["port"] ??= Agent.Port;
        snmp["timeoutSeconds"] ??= 1;
        snmp["retries"] ??= 0;
        return new JsonObject { ["host"] = "127.0.0.1", ["groups"] = Names(groups), ["snmp"] = snmp };
    }

    /// <summary>A device that the agent answers for, version 2c.</summary>
    internal JsonObject V2C(string community, params string[] groups) =>
        Snmp(new JsonObject { ["version"] = "v2c", ["community"] = community }, groups);

    /// <summary>A device that the agent answers for, version 3 with all there is.</summary>
    internal JsonObject V3(string authPassword = SnmpAgent.AuthPassword, string privPassword = SnmpAgent.PrivPassword, string user = SnmpAgent.AuthPrivUser) =>
        Snmp(new JsonObject
        {
            ["version"] = "v3",
            ["user"] = user,
            ["authProtocol"] = "SHA-256",
            ["authPassword"] = authPassword,
            ["privPassword"] = privPassword,
        });

    /// <summary>A device that the server answers for, root by key.</summary>
    internal JsonObject ByKey(string? key = null, string? hostKey = null, int? port = null, params string[] groups) =>
        Ssh(new JsonObject { ["user"] = "root", ["privateKey"] = key ?? Server.PrivateKey }, hostKey, port, groups);

    /// <summary>A device that the server answers for, the user with the password.</summary>
    internal JsonObject ByPassword(string password = SshServer.Password, params string[] groups) =>
        Ssh(new JsonObject { ["user"] = Server.PasswordUser, ["password"] = password }, null, null, groups);

    private static JsonArray Names(string[] names) => [.. names.Select(name => (JsonNode?)name)];

    private JsonObject Ssh(JsonObject ssh, string? hostKey, int? port, string[] groups)
    {
        ssh["port"] = port ?? Server.Port;
        ssh["hostKeys"] = new JsonArray(hostKey ?? Server.HostKey);
        return new JsonObject { ["host"] = "127.0.0.1", ["groups"] = Names(groups), ["ssh"] = ssh };
    }

    public Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable("TMPDIR", _temporary);
        _agent?.Dispose();
        _server?.Dispose();
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }
}
