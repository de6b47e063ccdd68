using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Operations;
using DotMac.Plugins.NetworkAutomation.Processes;

namespace DotMac.Plugins.NetworkAutomation.Snmp;

/// <summary>Runs net-snmp's programs against one device.</summary>
internal static class SnmpClient
{
    // One octet is three characters on the line; a message over UDP has at most 64 KiB.
    private const int LongestLine = 256 * 1024;

    /// <summary>Asks for some variables.</summary>
    public static Task<IReadOnlyList<SnmpVariable>> GetAsync(Device device, IReadOnlyList<string> oids, CancellationToken cancellationToken) =>
        RunAsync("snmpget", device, target => SnmpArguments.Get(target, oids), cancellationToken);

    /// <summary>Sets some variables, all or none.</summary>
    public static Task<IReadOnlyList<SnmpVariable>> SetAsync(Device device, IReadOnlyList<SnmpAssignment> assignments, CancellationToken cancellationToken) =>
        RunAsync("snmpset", device, target => SnmpArguments.Set(target, assignments), cancellationToken);

    /// <summary>Asks for all variables below an object identifier, at most so many.</summary>
    public static async Task<(IReadOnlyList<SnmpVariable> Variables, bool Truncated)> WalkAsync(
        Device device, string oid, int maxRows, int maxRepetitions, CancellationToken cancellationToken)
    {
        SnmpTarget target = Target(device);
        using var directory = new PrivateDirectory();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var variables = new List<SnmpVariable>();
        bool truncated = false;
        var error = new BoundedText(ChildProcess.MaxBytes);
        try
        {
            int exitCode = await ChildProcess.RunAsync(
                Command("snmpbulkwalk", directory, target, SnmpArguments.Walk(target, oid, maxRepetitions)), new LineSink(LongestLine, Take), error, enough.Token);
            return exitCode == 0 || truncated ? (variables, truncated) : throw SnmpErrors.Map(target, error.Text);
        }
        catch (OperationCanceledException) when (truncated && !cancellationToken.IsCancellationRequested)
        {
            return (variables, true);
        }

        void Take(string line)
        {
            if (SnmpOutput.ParseVariable(line) is not SnmpVariable variable || variable.Type == SnmpType.EndOfMibView)
            {
                return;
            }

            if (variables.Count < maxRows)
            {
                variables.Add(variable);
            }
            else if (!truncated)
            {
                // The walk would go on for nothing.
                truncated = true;
                enough.Cancel();
            }
        }
    }

    private static async Task<IReadOnlyList<SnmpVariable>> RunAsync(
        string program, Device device, Func<SnmpTarget, IReadOnlyList<string>> arguments, CancellationToken cancellationToken)
    {
        SnmpTarget target = Target(device);
        using var directory = new PrivateDirectory();
        ChildResult result = await ChildProcess.RunAsync(Command(program, directory, target, arguments(target)), cancellationToken);
        return result.ExitCode == 0 ? SnmpOutput.Parse(result.Output.Text) : throw SnmpErrors.Map(target, result.Error.Text);
    }

    private static SnmpTarget Target(Device device) =>
        device.Snmp ?? throw new DeviceFailure(FailureCode.NotConfigured, "The config has no snmp for this device.");

    private static ChildCommand Command(string program, PrivateDirectory directory, SnmpTarget target, IReadOnlyList<string> arguments)
    {
        directory.Write("snmp.conf", SnmpConf.Text(target));
        return new ChildCommand(program, arguments, Environment(directory.Path), directory.Path);
    }

    private static Dictionary<string, string> Environment(string directory) => new()
    {
        ["SNMPCONFPATH"] = directory,
        ["SNMP_PERSISTENT_DIR"] = directory,
    };
}
