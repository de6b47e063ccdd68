using System.CommandLine;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin</c>.</summary>
internal static class PluginCommands
{
    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal) => new("plugin", "What is installed for tenants.") { History(terminal), Rollback(terminal) };

    private static Command History(Terminal terminal)
    {
        var (name, ns, kubeconfig, context) = Place();
        var command = new Command("history", "Lists the good revisions of a plugin that there are to go back to.") { name, ns, kubeconfig, context };
        command.SetAction((parsed, cancellationToken) => PluginConnection.RunAsync(
            terminal,
            parsed.GetValue(kubeconfig),
            parsed.GetValue(context),
            parsed.GetValue(ns),
            (client, where) => new PluginHistory(terminal, client).ListAsync(where, parsed.GetValue(name)!, cancellationToken)));
        return command;
    }

    private static Command Rollback(Terminal terminal)
    {
        var (name, ns, kubeconfig, context) = Place();
        var to = new Option<long?>("--to-revision") { Description = "The number of a revision, as history lists it. Default: the one before" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be changed" };
        var command = new Command(
            "rollback",
            "Puts version and config of an earlier good revision back into a plugin's spec. What says how the plugin is run, such as enabled, replicas and callers, stays.")
        {
            name, ns, to, dry, kubeconfig, context,
        };
        command.SetAction((parsed, cancellationToken) => PluginConnection.RunAsync(
            terminal,
            parsed.GetValue(kubeconfig),
            parsed.GetValue(context),
            parsed.GetValue(ns),
            (client, where) => new PluginHistory(terminal, client).RollBackAsync(where, parsed.GetValue(name)!, parsed.GetValue(to), parsed.GetValue(dry), cancellationToken)));
        return command;
    }

    private static (Argument<string> Name, Option<string?> Namespace, Option<string?> Kubeconfig, Option<string?> Context) Place() => (
        new Argument<string>("name") { Description = "The TenantPlugin" },
        new Option<string?>("--namespace", "-n") { Description = "The tenant's namespace. Default: the context's" },
        new Option<string?>("--kubeconfig") { Description = "A kubeconfig. Default: KUBECONFIG, ~/.kube/config, or the pod's service account" },
        new Option<string?>("--context") { Description = "A context of the kubeconfig. Default: its current one" });
}
