using System.Text.Json.Nodes;
using DotMac.Admin.Callers;
using DotMac.Admin.Installing;
using DotMac.Admin.Problems;
using DotMac.Admin.Tenants;
using DotMac.Kubernetes.Client;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Writing;

/// <summary>
/// Changes TenantPlugins with the caller's own token, so that Kubernetes decides once more and its audit log names them. What is written is known here at
/// once.
/// </summary>
internal sealed class PluginWriter(AdminCaches caches, CallerClients clients, ILogger<PluginWriter> logger)
{
    private const int Tries = 5;

    /// <summary>Changes a plugin.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="target">The plugin, as it is known.</param>
    /// <param name="intent">What is to be changed: a JSON merge patch (RFC 7396) from the plugin as it is; null for nothing.</param>
    /// <param name="condition">The resourceVersion that it must have; null for any.</param>
    /// <param name="dryRun">Whether only to ask.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The plugin as it is stored, or would be; and whether anything was changed.</returns>
    /// <exception cref="ProblemException">It cannot be changed.</exception>
    public async Task<(TenantPlugin Plugin, bool Changed)> PatchAsync(
        Caller caller, Target target, Func<TenantPlugin, JsonObject?> intent, string? condition, bool dryRun, CancellationToken cancellationToken)
    {
        var resource = clients.As(caller.RevealToken()).Resource<TenantPlugin>();
        var plugin = target.Plugin;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                // What is known here may be older than what the caller knows, or what somebody else has done a moment ago.
                if (attempt > 1 || (condition is not null && plugin.Metadata.ResourceVersion != condition))
                {
                    plugin = await resource.GetAsync(target.Key, cancellationToken) ?? throw Refuse.NotFound("it is not there any more");
                    if (plugin.Metadata.Uid != target.Plugin.Metadata.Uid)
                    {
                        throw Refuse.Conflict("it was removed and installed anew in between; read it again");
                    }
                }

                if (condition is not null && plugin.Metadata.ResourceVersion != condition)
                {
                    throw Refuse.Changed("it was changed since the state that If-Match names; read it again and decide anew");
                }

                if (intent(plugin) is not { } patch)
                {
                    return (plugin, false);
                }

                // Of what was read: a change in between is not to be lost.
                patch["metadata"] ??= new JsonObject();
                patch["metadata"]!["resourceVersion"] = plugin.Metadata.ResourceVersion;
                try
                {
                    var written = await resource.PatchAsync(target.Key, new WriteOptions { DryRun = dryRun, FieldManager = Installer.FieldManager }, patch, cancellationToken);
                    if (!dryRun)
                    {
                        caches.Plugins.Announce(written);
                        logger.LogInformation("{Caller} changed {Fields} of {Plugin}", caller.Name, Fields(patch), target.Key);
                    }

                    return (written, true);
                }
                catch (ApiException e) when (e.IsConflict && condition is null && attempt < Tries)
                {
                    // The operator writes its status into the same object: read it again.
                }
            }
        }
        catch (ApiException e)
        {
            throw ApiRefusal.Of(e, condition is not null, Views.PluginViews.SchemaOf(plugin, caches.Definition(plugin.Spec?.Plugin)));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
        {
            throw Refuse.Unavailable("the API server did not answer in time whether it was changed; look it up in a moment");
        }
    }

    /// <summary>Removes a plugin; false when it was not there any more.</summary>
    /// <exception cref="ProblemException">It cannot be removed.</exception>
    public async Task<bool> DeleteAsync(Caller caller, Target target, string? condition, CancellationToken cancellationToken)
    {
        try
        {
            var removed = await clients.As(caller.RevealToken()).Resource<TenantPlugin>().DeleteAsync(
                target.Key, new DeleteOptions(Uid: target.Plugin.Metadata.Uid, ResourceVersion: condition), cancellationToken);
            logger.LogInformation("{Caller} removed {Plugin}", caller.Name, target.Key);
            return removed;
        }
        catch (ApiException e)
        {
            throw e.IsInvalid ? Refuse.Needed(e.Status.Message ?? e.Message) : ApiRefusal.Of(e, condition is not null, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
        {
            throw Refuse.Unavailable("the API server did not answer in time whether it was removed; look it up in a moment");
        }
    }

    // Names alone: a value may be anything.
    private static string Fields(JsonObject patch) => string.Join(
        ", ",
        patch.SelectMany(static part => part.Value is JsonObject members ? members.Select(member => $"{part.Key}.{member.Key}") : [part.Key])
            .Where(static field => field != "metadata.resourceVersion"));
}
