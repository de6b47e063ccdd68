using System.Diagnostics;
using DotMac.Testing;

namespace DotMac.EndToEndTests.Fixture;

/// <summary>A device that pods can reach: a real snmpd on this machine, on the address that the cluster's bridge has.</summary>
internal sealed class HostDevice : IDisposable
{
    public const string User = "monitor";
    public const string AuthPassword = "e2e-auth-password";
    public const string PrivPassword = "e2e-priv-password";
    public const int Port = 16161;

    private readonly string _directory = Directory.CreateTempSubdirectory("dotmac-snmpd-").FullName;
    private readonly Process _process;

    private HostDevice(string address)
    {
        Address = address;
        var config = Path.Combine(_directory, "snmpd.conf");
        File.WriteAllText(config, $"""
            agentAddress udp:{address}:{Port}
            createUser {User} SHA-256 "{AuthPassword}" AES "{PrivPassword}"
            rouser {User} authPriv
            sysDescr The end-to-end tests' router
            sysServices 72

            """);
        var start = new ProcessStartInfo("snmpd", ["-f", "-LF", "6", Path.Combine(_directory, "log"), "-C", "-c", config, "-p", Path.Combine(_directory, "pid")])
        {
            Environment = { ["SNMP_PERSISTENT_DIR"] = _directory, ["MIBS"] = string.Empty },
        };
        _process = Process.Start(start)!;
    }

    public string Address { get; }

    /// <summary>Installs what it needs and starts it.</summary>
    public static async Task<HostDevice> StartAsync()
    {
        await Command.OutputAsync(Path.Combine(RepositoryRoot.Path, "tests", "network", "prerequisites"), [], timeout: TimeSpan.FromMinutes(5));
        var address = (await DemoFixture.KubectlAsync("get", "nodes", "-o", "jsonpath={.items[0].status.addresses[?(@.type==\"InternalIP\")].address}")).Trim();
        return new HostDevice(address);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
