using DotMac.Admin.Callers;
using DotMac.Admin.Tenants;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Writing;

/// <summary>Removes plugins that nobody needs, or that are to go all the same.</summary>
internal sealed class PluginRemover(AdminCaches caches, PluginWriter writer)
{
    /// <summary>Removes one; it is gone once the operator has cleaned up after it.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="target">Which.</param>
    /// <param name="force">Whether to remove it though others need it.</param>
    /// <param name="condition">The resourceVersion that it must have; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Problems.ProblemException">It cannot be removed.</exception>
    public async Task RemoveAsync(Caller caller, Target target, bool force, string? condition, CancellationToken cancellationToken)
    {
        if (force)
        {
            // Admission asks for it too; whoever may not write it is told so.
            var (marked, changed) = await writer.PatchAsync(
                caller, target, static plugin => Intents.Annotate(plugin, Annotations.ForceDelete, "true"), condition, dryRun: false, cancellationToken);
            target = target with { Plugin = marked };
            condition = changed && condition is not null ? marked.Metadata.ResourceVersion : condition;
        }
        else
        {
            Removal.RequireUnneeded(target.Plugin, caches.PluginsOf(target.Key.Namespace), caches.Definition);
        }

        await writer.DeleteAsync(caller, target, condition, cancellationToken);
    }
}
