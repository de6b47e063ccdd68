using System.CommandLine;
using DotMac.Cli.Connections;
using DotMac.Cli.Output;
using DotMac.Kubernetes.Client;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin list</c>.</summary>
internal static class ListCommand
{
    private const int PageSize = 500;

    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var all = new Option<bool>("--all-tenants", "-A", "--all-namespaces") { Description = "Of every tenant" };
        var format = OutputOption.Create();
        var command = new Command("list", "Lists what is installed.") { all, format };
        command.Aliases.Add("ls");
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal, parsed, found => ListAsync(terminal, found, parsed.GetValue(all), parsed.GetValue(format), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(Terminal terminal, Cluster cluster, bool all, OutputFormat format, CancellationToken cancellationToken)
    {
        // Any state of the last moments will do, and the API server has one at hand.
        var options = new ListOptions(all ? null : cluster.Namespace) { ResourceVersion = "0", Limit = PageSize };
        var plugins = new List<TenantPlugin>();
        do
        {
            var page = await cluster.Client.Resource<TenantPlugin>().ListAsync(options, cancellationToken);
            plugins.AddRange(page.Items);
            options = options with { Continue = page.Continue, ResourceVersion = null };
        }
        while (options.Continue is not null);

        if (plugins.Count == 0 && format is OutputFormat.Table or OutputFormat.Wide)
        {
            terminal.Error.WriteLine(all ? "Nothing is installed. dotmac plugin search lists what can be" : $"Nothing is installed in {cluster.Namespace}. dotmac plugin search lists what can be; -A lists all tenants");
            return ExitCodes.Success;
        }

        plugins.Sort(static (a, b) => string.CompareOrdinal(a.Metadata.Namespace, b.Metadata.Namespace) is var order and not 0 ? order : string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name));
        PluginTable.Create(all, DateTimeOffset.UtcNow).Write(terminal.Out, plugins, format);
        return ExitCodes.Success;
    }
}
