using System.CommandLine;
using System.Text.Json.Nodes;
using DotMac.Cli.Connections;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Plugins;

/// <summary>A command that changes an installed plugin.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Done">What was done then.</param>
internal sealed record PluginChange(string Name, string Description, string Done)
{
    private const string FieldManager = "dotmac";
    private const int Tries = 5;

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="intent">What is to be changed of the plugin as it is, as a merge patch; null for nothing. May refuse by an exception.</param>
    /// <param name="own">Options and arguments of its own.</param>
    /// <exception cref="PluginChangeException">By the intent, when it cannot be changed so.</exception>
    public Command Create(Terminal terminal, Func<ParseResult, Cluster, TenantPlugin, CancellationToken, Task<JsonObject?>> intent, params IReadOnlyList<Symbol> own)
    {
        var cluster = new ClusterOptions();
        var (name, wait, dry) = (new Argument<string>("name") { Description = "The plugin" }, new WaitOptions(), DryRun.Create());
        var command = new Command(Name, Description) { name };
        foreach (var symbol in own)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else
            {
                command.Arguments.Add((Argument)symbol);
            }
        }

        command.Options.Add(dry);
        wait.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal,
            parsed,
            found => RunAsync(terminal, found, parsed.GetValue(name)!, plugin => intent(parsed, found, plugin, cancellationToken), parsed.GetValue(dry), wait.Of(parsed), cancellationToken),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        Terminal terminal, Cluster cluster, string name, Func<TenantPlugin, Task<JsonObject?>> intent, string? dryRun, TimeSpan? wait, CancellationToken cancellationToken)
    {
        var resource = cluster.Client.Resource<TenantPlugin>();
        for (var attempt = 1; ; attempt++)
        {
            if (await PluginReader.ReadAsync(terminal, cluster, name, cancellationToken) is not { } plugin)
            {
                return ExitCodes.Failure;
            }

            try
            {
                if (await intent(plugin) is not { } patch)
                {
                    terminal.Out.WriteLine($"{cluster.Namespace}/{name}: nothing to change");
                    return ExitCodes.Success;
                }

                if (dryRun == DryRun.Client)
                {
                    terminal.Out.WriteLine($"{cluster.Namespace}/{name}: would be changed by {patch.ToJsonString()}");
                    return ExitCodes.Success;
                }

                // Of what was read: a change in between is not to be lost.
                patch["metadata"] ??= new JsonObject();
                patch["metadata"]!["resourceVersion"] = plugin.Metadata.ResourceVersion;
                await resource.PatchAsync(ObjectKey.Of(plugin), new WriteOptions { DryRun = dryRun == DryRun.Server, FieldManager = FieldManager }, patch, cancellationToken);
                terminal.Out.WriteLine(dryRun == DryRun.Server ? $"{cluster.Namespace}/{name}: could be {Done}" : $"{cluster.Namespace}/{name}: {Done}");
                return wait is { } patience && dryRun is null ? await SettleAsync(terminal, cluster, name, patience, cancellationToken) : ExitCodes.Success;
            }
            catch (PluginChangeException e)
            {
                return Cluster.Refuse(terminal, e.Message, ExitCodes.Failure);
            }
            catch (ApiException e) when (e.IsConflict && attempt < Tries)
            {
                // The operator writes its status into the same object: read it again.
            }
            catch (ApiException e) when (e.IsInvalid)
            {
                return Cluster.Refuse(terminal, $"it cannot be {Done}: {e.Status.Message}", ExitCodes.Failure);
            }
        }
    }

    private static async Task<int> SettleAsync(Terminal terminal, Cluster cluster, string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (isSettled, plugin) = await new PluginWaiter(terminal, cluster).WaitAsync(name, static plugin => plugin is null || plugin.IsSettled(), patience, cancellationToken);
        if (!isSettled || plugin is null)
        {
            return Cluster.Refuse(
                terminal,
                plugin is null ? $"{name} was removed meanwhile" : $"{name} has not settled after {patience.TotalSeconds:0} s; dotmac plugin status {name} -n {cluster.Namespace} says why",
                ExitCodes.Failure);
        }

        terminal.Out.WriteLine($"{cluster.Namespace}/{name}: {plugin.Status?.Phase}");
        return plugin.Status?.Phase is PluginPhase.Active or PluginPhase.Inactive ? ExitCodes.Success : ExitCodes.Failure;
    }
}
