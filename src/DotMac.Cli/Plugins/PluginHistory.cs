using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Apply;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Revisions;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Cli.Plugins;

/// <summary>The revisions of a plugin, and the way back to one of them.</summary>
internal sealed class PluginHistory(Terminal terminal, IKubernetesClient client)
{
    /// <summary>Lists them, newest first.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ListAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await ReadAsync(ns, name, cancellationToken) is not { } plugin)
        {
            return ExitCodes.Failure;
        }

        var revisions = await RevisionsAsync(plugin, cancellationToken);
        if (revisions.Count == 0)
        {
            terminal.Error.WriteLine($"No revision of {ns}/{name} has become healthy yet");
            return ExitCodes.Success;
        }

        var versionWidth = Math.Max("VERSION".Length, revisions.Max(static r => r.Version.Length));
        terminal.Out.WriteLine($"REVISION  {"VERSION".PadRight(versionWidth)}  SINCE                 NAME");
        foreach (var revision in revisions)
        {
            var since = revision.Created?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
            var mark = revision.Name == plugin.Status?.CurrentRevision ? " (current)" : string.Empty;
            terminal.Out.WriteLine($"{revision.Number,-8}  {revision.Version.PadRight(versionWidth)}  {since,-20}  {revision.Name}{mark}");
        }

        return ExitCodes.Success;
    }

    /// <summary>Goes back.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The TenantPlugin.</param>
    /// <param name="number">The revision's number; null for the one before.</param>
    /// <param name="isDryRun">Whether only to say what would be changed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RollBackAsync(string ns, string name, long? number, bool isDryRun, CancellationToken cancellationToken)
    {
        if (await ReadAsync(ns, name, cancellationToken) is not { } plugin)
        {
            return ExitCodes.Failure;
        }

        var revisions = await RevisionsAsync(plugin, cancellationToken);
        var whole = ResourceJson.Object(plugin);
        var target = number is null ? Revision.Before(revisions, whole["status"]) : revisions.FirstOrDefault(revision => revision.Number == number);
        if (target is null)
        {
            terminal.Error.WriteLine(number is null
                ? $"dotmac: {ns}/{name} has no earlier revision to go back to; see dotmac plugin history {name} -n {ns}"
                : $"dotmac: {ns}/{name} has no revision {number}; it has {Numbers(revisions)}");
            return ExitCodes.Failure;
        }

        var (now, then) = target.Compare(whole["spec"]!.AsObject());
        if (MergePatch.Diff(now, then) is not { } change)
        {
            terminal.Out.WriteLine($"{ns}/{name}: its spec is that of revision {target.Number} already");
            return ExitCodes.Success;
        }

        if (isDryRun)
        {
            terminal.Out.WriteLine($"{ns}/{name}: would go back to revision {target.Number} (version {target.Version}) by this change of its spec:");
            terminal.Out.WriteLine(change.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            return ExitCodes.Success;
        }

        // Of the resource as it was read: a change in between is not to be lost.
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = plugin.Metadata.ResourceVersion }, ["spec"] = change };
        await client.Resource<TenantPlugin>().PatchAsync(ObjectKey.Of(plugin), patch, null, cancellationToken);
        terminal.Out.WriteLine($"{ns}/{name}: back to revision {target.Number} (version {target.Version}); see kubectl get tp {name} -n {ns}");
        return ExitCodes.Success;
    }

    private static string Numbers(IReadOnlyList<Revision> revisions) =>
        revisions.Count == 0 ? "none" : string.Join(", ", revisions.Select(static revision => revision.Number).Order());

    private async Task<TenantPlugin?> ReadAsync(string ns, string name, CancellationToken cancellationToken)
    {
        var plugin = await client.Resource<TenantPlugin>().GetAsync(new ObjectKey(ns, name), cancellationToken);
        if (plugin is null)
        {
            terminal.Error.WriteLine($"dotmac: there is no TenantPlugin {name} in namespace {ns}; kubectl get tp -A lists them");
        }

        return plugin;
    }

    private async Task<IReadOnlyList<Revision>> RevisionsAsync(TenantPlugin plugin, CancellationToken cancellationToken)
    {
        var list = await client.Resource<V1ControllerRevision>().ListAsync(
            new ListOptions(plugin.Metadata.Namespace, LabelSelector: $"app.kubernetes.io/managed-by={ResourceNames.FieldManager}"), cancellationToken);
        return Revision.Of(list.Items, plugin.Metadata.Uid);
    }
}
