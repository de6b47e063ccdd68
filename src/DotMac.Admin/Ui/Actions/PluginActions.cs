using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Admin.Access;
using DotMac.Admin.Callers;
using DotMac.Admin.Configuring;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Tenants;
using DotMac.Admin.Ui.Sessions;
using DotMac.Admin.Views;
using DotMac.Admin.Waiting;
using DotMac.Admin.Writing;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Revisions;

namespace DotMac.Admin.Ui.Actions;

/// <summary>What a page does to an installed plugin: with the viewer's own token, as the API does it.</summary>
internal sealed class PluginActions(
    Viewer viewer, AccessGuard guard, AdminCaches caches, PluginWriter writer, PluginRemover remover, Configurer configurer, CheckRequester checks, RevisionReader revisions, TimeProvider clock)
{
    /// <summary>The plugin at a place, if the viewer may see it.</summary>
    /// <exception cref="ProblemException">There is none, or they may not.</exception>
    public async Task<Target> FindAsync(ObjectKey key) => await FindAsync(await viewer.CallerAsync(), key);

    /// <summary>Switches it on or off.</summary>
    /// <exception cref="ProblemException">It cannot be.</exception>
    public Task EnableAsync(ObjectKey key, bool enabled) => PatchAsync(key, plugin => Intents.Enable(plugin, enabled));

    /// <summary>Replaces its pods.</summary>
    /// <exception cref="ProblemException">They cannot be.</exception>
    public Task RestartAsync(ObjectKey key)
    {
        var now = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return PatchAsync(key, plugin => Intents.Annotate(plugin, Annotations.RestartedAt, now));
    }

    /// <summary>Runs another version.</summary>
    /// <exception cref="ProblemException">It cannot.</exception>
    public Task UpgradeAsync(ObjectKey key, string version, bool dryRun) => PatchAsync(
        key,
        plugin => VersionChange.Resolve(plugin, caches.Definition(plugin.Spec?.Plugin), version) is { } found ? Intents.Version(plugin, found) : null,
        dryRun);

    /// <summary>Goes back to a revision.</summary>
    /// <exception cref="ProblemException">It cannot.</exception>
    public Task RollbackAsync(ObjectKey key, Revision revision) => PatchAsync(key, plugin => RevisionChange.Intent(plugin, revision));

    /// <summary>What it can go back to, newest first.</summary>
    /// <exception cref="ProblemException">That cannot be read now.</exception>
    public async Task<IReadOnlyList<Revision>> RevisionsAsync(ObjectKey key) => await revisions.OfAsync((await FindAsync(key)).Plugin, CancellationToken.None);

    /// <summary>Configures it, or only asks whether that could be.</summary>
    /// <param name="key">Which.</param>
    /// <param name="request">How.</param>
    /// <param name="condition">The resourceVersion of the configuration that was edited; null for any.</param>
    /// <exception cref="ProblemException">It cannot be configured so.</exception>
    public async Task<ConfigOutcome> ConfigureAsync(ObjectKey key, ConfigRequest request, string? condition)
    {
        var caller = await viewer.ActAsync();
        var target = await AllowedAsync(caller, key, Verbs.Patch);
        return await configurer.ConfigureAsync(caller, target, request, condition, CancellationToken.None);
    }

    /// <summary>Has it check its credentials now.</summary>
    /// <exception cref="ProblemException">It cannot.</exception>
    public async Task<CheckAnswer> TestAsync(ObjectKey key)
    {
        var caller = await viewer.ActAsync();
        return await checks.AskAsync(caller, await AllowedAsync(caller, key, Verbs.Patch), null, CancellationToken.None);
    }

    /// <summary>Removes it.</summary>
    /// <exception cref="ProblemException">It cannot be.</exception>
    public async Task RemoveAsync(ObjectKey key, bool force)
    {
        var caller = await viewer.ActAsync();
        await remover.RemoveAsync(caller, await AllowedAsync(caller, key, Verbs.Delete), force, null, CancellationToken.None);
    }

    private async Task PatchAsync(ObjectKey key, Func<TenantPlugin, JsonObject?> intent, bool dryRun = false)
    {
        var caller = await viewer.ActAsync();
        await writer.PatchAsync(caller, await AllowedAsync(caller, key, Verbs.Patch), intent, null, dryRun, CancellationToken.None);
    }

    private async Task<Target> AllowedAsync(Caller caller, ObjectKey key, string verb)
    {
        var target = await FindAsync(caller, key);
        await guard.RequireAsync(caller, verb, key.Namespace, key.Name, CancellationToken.None);
        return target;
    }

    private async Task<Target> FindAsync(Caller caller, ObjectKey key) =>
        caches.Plugins.Store.Get(key) is { } plugin
        && caches.TenantOf(key.Namespace) is { } tenant
        && await guard.SeesAsync(caller, key.Namespace, key.Name, CancellationToken.None)
            ? new Target(plugin, tenant)
            : throw Refuse.NotFound(Strings.PluginNotFound);
}
