using System.CommandLine;
using System.Globalization;
using DotMac.Cli.Connections;
using DotMac.Cli.Output;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Cli.Tenants;

/// <summary><c>dotmac tenant</c>.</summary>
internal static class TenantCommands
{
    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal) => new("tenant", "For whom plugins are installed.") { List(terminal) };

    private static Command List(Terminal terminal)
    {
        var cluster = new ClusterOptions(isOfTenant: false);
        var command = new Command("list", "Lists the tenants: the namespaces that carry the label plugins.dotmac.io/tenant. Needs the right to list namespaces.");
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal,
            parsed,
            async found =>
            {
                var namespaces = await found.Client.Resource<V1Namespace>().ListAsync(new ListOptions(LabelSelector: Labels.Tenant), cancellationToken);
                if (namespaces.Items.Count == 0)
                {
                    terminal.Error.WriteLine($"There is no tenant. A namespace becomes one by its label: kubectl label namespace tenant-acme {Labels.Tenant}=acme");
                    return ExitCodes.Success;
                }

                var counts = (await found.Client.Resource<TenantPlugin>().ListAsync(new ListOptions { ResourceVersion = "0" }, cancellationToken)).Items
                    .GroupBy(static plugin => plugin.Metadata.Namespace ?? string.Empty)
                    .ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
                List<TenantPlugin> Of(V1Namespace ns) => counts.GetValueOrDefault(ns.Metadata.Name ?? string.Empty) ?? [];
                var now = DateTimeOffset.UtcNow;
                new TableWriter<V1Namespace>(
                    [
                        new("TENANT", TenantNamespace.TenantOf),
                        new("NAMESPACE", static ns => ns.Metadata.Name),
                        new("PLUGINS", ns => Of(ns).Count.ToString(CultureInfo.InvariantCulture)),
                        new("ACTIVE", ns => Of(ns).Count(static plugin => plugin.Status?.Phase == PluginPhase.Active).ToString(CultureInfo.InvariantCulture)),
                        new("AGE", ns => Ages.Of(ns.Metadata.CreationTimestamp, now)),
                    ],
                    isWide: true).Write(terminal.Out, [.. namespaces.Items.OrderBy(TenantNamespace.TenantOf, StringComparer.Ordinal).ThenBy(static ns => ns.Metadata.Name, StringComparer.Ordinal)]);
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }
}
