using System.CommandLine;
using DotMac.Cli.Connections;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin wait</c>.</summary>
internal static class WaitCommand
{
    private static readonly string[] Words = ["ready", "settled", "removed"];

    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var name = new Argument<string>("name") { Description = "The plugin" };
        var what = new Option<string>("--for") { Description = "ready: it runs and is healthy. settled: there is nothing left to wait for. removed: it is gone. Default: ready", DefaultValueFactory = static _ => Words[0] };
        what.AcceptOnlyFromAmong(Words);
        var timeout = WaitOptions.TimeoutOption(TimeSpan.FromMinutes(5));
        var command = new Command("wait", "Waits for a plugin. Ends with 1 when the time is over, or it cannot come about.") { name, what, timeout };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal, parsed, found => WaitAsync(terminal, found, parsed.GetValue(name)!, parsed.GetValue(what)!, parsed.GetValue(timeout), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> WaitAsync(Terminal terminal, Cluster cluster, string name, string what, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (what != "removed" && await PluginReader.ReadAsync(terminal, cluster, name, cancellationToken) is null)
        {
            return ExitCodes.Failure;
        }

        var (isDone, plugin) = await new PluginWaiter(terminal, cluster).WaitAsync(name, plugin => IsDone(plugin, what), timeout, cancellationToken);
        if (!isDone)
        {
            return Cluster.Refuse(terminal, $"{name} is not {what} after {timeout.TotalSeconds:0} s; dotmac plugin status {name} -n {cluster.Namespace} says why", ExitCodes.Failure);
        }

        var isGood = what == "removed" ? plugin is null : plugin is not null && (what == "settled" || IsReady(plugin));
        if (!isGood)
        {
            return Cluster.Refuse(terminal, plugin is null ? $"{name} was removed" : $"{name} is {plugin.Status?.Phase}: {plugin.Status?.FindCondition(ConditionTypes.Ready)?.Message}", ExitCodes.Failure);
        }

        terminal.Out.WriteLine($"{cluster.Namespace}/{name}: {(plugin is null ? "removed" : plugin.Status?.Phase)}");
        return ExitCodes.Success;
    }

    // What is stuck will not become ready by itself.
    private static bool IsDone(TenantPlugin? plugin, string what) => what switch
    {
        "removed" => plugin is null,
        "settled" => plugin is null || plugin.IsSettled(),
        _ => plugin is null || IsReady(plugin) || (plugin.IsUpToDate() && plugin.Status!.FindCondition(ConditionTypes.Stalled) is { Status: "True" }),
    };

    private static bool IsReady(TenantPlugin plugin) => plugin.IsUpToDate() && plugin.Status!.FindCondition(ConditionTypes.Ready) is { Status: "True" };
}
