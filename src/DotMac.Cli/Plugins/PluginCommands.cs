using System.CommandLine;
using DotMac.Cli.Catalog;
using DotMac.Cli.Connections;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin</c>.</summary>
internal static class PluginCommands
{
    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("plugin", "What is installed for tenants, and what can be.")
        {
            ListCommand.Create(terminal),
            CatalogCommands.Search(terminal),
            CatalogCommands.Info(terminal),
            StatusCommand.Create(terminal),
            EventsCommand.Create(terminal),
            WaitCommand.Create(terminal),
            RemoveCommand.Create(terminal),
            History(terminal),
            Rollback(terminal),
        };
        foreach (var change in ChangeCommands.Create(terminal))
        {
            command.Subcommands.Add(change);
        }

        return command;
    }

    private static Command History(Terminal terminal)
    {
        var (cluster, name) = (new ClusterOptions(), Name());
        var command = new Command("history", "Lists the good revisions of a plugin that there are to go back to.") { name };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal, parsed, found => new PluginHistory(terminal, found.Client).ListAsync(found.Namespace, parsed.GetValue(name)!, cancellationToken), cancellationToken));
        return command;
    }

    private static Command Rollback(Terminal terminal)
    {
        var (cluster, name) = (new ClusterOptions(), Name());
        var to = new Option<long?>("--to-revision") { Description = "The number of a revision, as history lists it. Default: the one before" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be changed" };
        var command = new Command(
            "rollback",
            "Puts version and config of an earlier good revision back into a plugin's spec. What says how the plugin is run, such as enabled, replicas and callers, stays.")
        {
            name, to, dry,
        };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal,
            parsed,
            found => new PluginHistory(terminal, found.Client).RollBackAsync(found.Namespace, parsed.GetValue(name)!, parsed.GetValue(to), parsed.GetValue(dry), cancellationToken),
            cancellationToken));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The plugin" };
}
