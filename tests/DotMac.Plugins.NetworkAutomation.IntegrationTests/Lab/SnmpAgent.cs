using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Snmp;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

/// <summary>A real snmpd on loopback, with a community that may write, one that may read, and users of version 3.</summary>
internal sealed class SnmpAgent : IDisposable
{
    public const string ReadCommunity = "pub lic#1";
    public const string WriteCommunity = "wr1te-community";
    public const string AuthPrivUser = "authpriv";
    public const string AuthPassword = "auth pass#wd";
    public const string PrivPassword = "priv \"passwd";
    public const string OldUser = "olduser";
    public const string OldAuthPassword = "md5-password";
    public const string OldPrivPassword = "des-password";
    public const string PlainUser = "plainuser";
    private readonly Daemon _daemon;

    private SnmpAgent(string directory)
    {
        Port = Ports.FreeUdp();
        string config = Path.Combine(directory, "snmpd.conf");
        File.WriteAllText(config, $"""
            agentAddress udp:127.0.0.1:{Port}
            rocommunity "{ReadCommunity}" 127.0.0.1
            rwcommunity {WriteCommunity} 127.0.0.1
            createUser {AuthPrivUser} SHA-256 "{AuthPassword}" AES "{PrivPassword.Replace("\"", "\\\"", StringComparison.Ordinal)}"
            createUser {OldUser} MD5 "{OldAuthPassword}" DES "{OldPrivPassword}"
            createUser {PlainUser}
            rwuser {AuthPrivUser} authPriv
            rouser {OldUser} authPriv
            rouser {PlainUser} noauth
            sysDescr A lab's router
            sysServices 72

            """);
        string state = Directory.CreateDirectory(Path.Combine(directory, "snmpd")).FullName;
        _daemon = new Daemon(
            "snmpd",
            ["-f", "-Lo", "-C", "-c", config, "-p", Path.Combine(directory, "snmpd.pid")],
            new Dictionary<string, string> { ["SNMP_PERSISTENT_DIR"] = state, ["MIBS"] = "" });
    }

    public int Port { get; }

    public static async Task<SnmpAgent> StartAsync(string directory)
    {
        var agent = new SnmpAgent(directory);
        var target = new SnmpTarget { Host = "127.0.0.1", Port = agent.Port, Version = SnmpTarget.Version2C, Community = ReadCommunity, TimeoutSeconds = 0.2, Retries = 0 };
        var device = new Device("agent", "127.0.0.1", [], target, null);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                await SnmpClient.GetAsync(device, [".1.3.6.1.2.1.1.3.0"], limit.Token);
                return agent;
            }
            catch (DeviceFailure) when (!agent._daemon.HasEnded)
            {
                // Not up yet.
            }
            catch (Exception exception)
            {
                string log = agent._daemon.Log;
                agent.Dispose();
                throw new InvalidOperationException($"snmpd did not start: {log}", exception);
            }
        }
    }

    public void Dispose() => _daemon.Dispose();
}
