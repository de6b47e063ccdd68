using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.NetworkAutomation.Processes;
using DotMac.Plugins.Sdk.Health;

namespace DotMac.Plugins.NetworkAutomation.Checks;

/// <summary>Looks whether the programs are there that the plugin runs, and which versions.</summary>
internal sealed class ToolsCheck : IPluginCheck
{
    /// <inheritdoc/>
    public string Name => "tools";

    // They come with the image and do not change while it runs.
    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.FromHours(6);

    // Ansible takes seconds to start where a processor is short.
    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken) => new(HealthState.Healthy, string.Join(", ",
    [
        ToolVersions.NetSnmp(await RunAsync("snmpget", "-V", cancellationToken)),
        ToolVersions.OpenSsh(await RunAsync("ssh", "-V", cancellationToken)),
        ToolVersions.Ansible(await RunAsync("ansible-playbook", "--version", cancellationToken)),
    ]));

    private static async Task<string> RunAsync(string program, string option, CancellationToken cancellationToken)
    {
        using var directory = new PrivateDirectory();
        var environment = new Dictionary<string, string> { ["SNMPCONFPATH"] = directory.Path, ["SNMP_PERSISTENT_DIR"] = directory.Path, ["ANSIBLE_HOME"] = directory.Path };
        ChildResult result = await ChildProcess.RunAsync(new ChildCommand(program, [option], environment, directory.Path), cancellationToken);

        // Two of the three say it on standard error.
        return result.Output.Text + "\n" + result.Error.Text;
    }
}
