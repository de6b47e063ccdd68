using System.Net.Sockets;
using DotMac.Plugins.NetworkAutomation.Config;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Snmp;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;

namespace DotMac.Plugins.NetworkAutomation.Checks;

/// <summary>
/// Looks whether the devices are there: asks for sysUpTime by SNMP, and connects to the port of SSH. It does not log in by SSH, for that
/// would stand in every device's log every five minutes.
/// </summary>
internal sealed class DevicesCheck(IPluginConfig<NetworkAutomationConfig> config, FanOut fanOut) : IPluginCheck
{
    // SNMPv2-MIB::sysUpTime.0 (RFC 3418).
    private static readonly string[] UpTime = [".1.3.6.1.2.1.1.3.0"];

    /// <inheritdoc/>
    public string Name => "devices";

    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        NetworkAutomationConfig current = config.Current;
        Device[] devices = [.. current.Devices
            .Select(pair => Device.Of(pair.Key, pair.Value, current.Defaults))
            .Where(device => device.Snmp is not null || device.Ssh is not null)];
        IReadOnlyList<DeviceState> states = await fanOut.RunAsync(
            devices,
            current.MaxConcurrency,
            new CallLimits(Timeout - TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)),
            LookAsync,
            (device, failure) => new DeviceState(device, failure),
            cancellationToken);
        return DevicesVerdict.Of(states);
    }

    private static async Task<DeviceState> LookAsync(Device device, CancellationToken cancellationToken)
    {
        if (device.Snmp is not null)
        {
            await SnmpClient.GetAsync(device, UpTime, cancellationToken);
        }

        if (device.Ssh is SshTarget ssh)
        {
            await ConnectAsync(ssh, cancellationToken);
        }

        return new DeviceState(device, null);
    }

    private static async Task ConnectAsync(SshTarget ssh, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(ssh.ConnectTimeoutSeconds));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(ssh.Host, ssh.Port, both.Token);
        }
        catch (SocketException exception)
        {
            throw new DeviceFailure(FailureCode.Unreachable, $"Nothing takes connections at {ssh.Host} port {ssh.Port} ({exception.SocketErrorCode}).");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DeviceFailure(FailureCode.Timeout, $"No answer from {ssh.Host} port {ssh.Port}.");
        }
    }
}
