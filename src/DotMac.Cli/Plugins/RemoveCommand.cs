using System.CommandLine;
using System.Text.Json.Nodes;
using DotMac.Cli.Connections;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin remove</c>.</summary>
internal static class RemoveCommand
{
    private const int Most = 500;

    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal)
    {
        var (cluster, wait) = (new ClusterOptions(), new WaitOptions());
        var name = new Argument<string>("name") { Description = "The plugin" };
        var force = new Option<bool>("--force") { Description = "Though others need it" };
        var command = new Command("remove", "Removes a plugin; refuses, with names, when others need it. Its secrets in Vault stay.") { name, force };
        wait.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal, parsed, found => RemoveAsync(terminal, found, parsed.GetValue(name)!, parsed.GetValue(force), wait.Of(parsed), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RemoveAsync(Terminal terminal, Cluster cluster, string name, bool force, TimeSpan? wait, CancellationToken cancellationToken)
    {
        if (await PluginReader.ReadAsync(terminal, cluster, name, cancellationToken) is not { } plugin)
        {
            return ExitCodes.Failure;
        }

        var resource = cluster.Client.Resource<TenantPlugin>();
        if (force)
        {
            // Admission asks for it too.
            await resource.PatchAsync(
                ObjectKey.Of(plugin),
                new WriteOptions { FieldManager = "dotmac" },
                new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Annotations.ForceDelete] = "true" } } },
                cancellationToken);
        }
        else if (await NeedingAsync(cluster, plugin, cancellationToken) is { Count: > 0 } needing)
        {
            return Cluster.Refuse(terminal, $"{string.Join(", ", needing)} need{(needing.Count == 1 ? "s" : string.Empty)} {name}; remove {(needing.Count == 1 ? "that" : "those")} first, or add --force", ExitCodes.Failure);
        }

        try
        {
            await resource.DeleteAsync(ObjectKey.Of(plugin), new DeleteOptions(Uid: plugin.Metadata.Uid), cancellationToken);
        }
        catch (ApiException e) when (e.IsInvalid)
        {
            return Cluster.Refuse(terminal, e.Status.Message ?? e.Message, ExitCodes.Failure);
        }

        if (wait is { } patience)
        {
            var (isGone, _) = await new PluginWaiter(terminal, cluster).WaitAsync(name, now => now?.Metadata.Uid != plugin.Metadata.Uid, patience, cancellationToken);
            if (!isGone)
            {
                return Cluster.Refuse(terminal, $"{name} is still there after {patience.TotalSeconds:0} s; dotmac plugin status {name} -n {cluster.Namespace} says what holds it", ExitCodes.Failure);
            }
        }

        terminal.Out.WriteLine($"{cluster.Namespace}/{name}: {(wait is null ? "being removed" : "removed")}");
        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<string>> NeedingAsync(Cluster cluster, TenantPlugin plugin, CancellationToken cancellationToken)
    {
        var installed = await cluster.Client.Resource<TenantPlugin>().ListAsync(new ListOptions(cluster.Namespace) { Limit = Most }, cancellationToken);
        var others = installed.Items.Where(other => other.Metadata.Uid != plugin.Metadata.Uid && other.Metadata.DeletionTimestamp is null).ToList();
        if (others.Count == 0 || others.Exists(other => other.Spec?.Plugin == plugin.Spec?.Plugin))
        {
            return [];
        }

        var catalog = (await cluster.Client.Resource<PluginDefinition>().ListAsync(ListOptions.All, cancellationToken)).Items
            .ToDictionary(static definition => definition.Metadata.Name ?? string.Empty, StringComparer.Ordinal);
        return
        [
            .. Dependents.Of(plugin.Spec?.Plugin ?? string.Empty, others, id => catalog.GetValueOrDefault(id))
                .Select(static dependent => dependent.Plugin.Metadata.Name!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }
}
