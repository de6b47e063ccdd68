using DotMac.Cli.Connections;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Plugins;

/// <summary>Finds the plugin that a command is about.</summary>
internal static class PluginReader
{
    /// <summary>Reads it; says what to do when there is none.</summary>
    /// <returns>Null when there is none.</returns>
    public static async Task<TenantPlugin?> ReadAsync(Terminal terminal, Cluster cluster, string name, CancellationToken cancellationToken)
    {
        var plugin = await cluster.Client.Resource<TenantPlugin>().GetAsync(new ObjectKey(cluster.Namespace, name), cancellationToken);
        if (plugin is null)
        {
            terminal.Error.WriteLine($"dotmac: there is no plugin {name} in {cluster.Namespace}; dotmac plugin list -n {cluster.Namespace} lists them, and -n names another tenant");
        }

        return plugin;
    }
}
