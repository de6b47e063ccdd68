using DotMac.Admin.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Admin.Writing;

/// <summary>What is to be said before a plugin goes. Pure.</summary>
internal static class Removal
{
    /// <summary>Refuses where others need it and no other installation will do.</summary>
    /// <param name="plugin">It.</param>
    /// <param name="installed">Every TenantPlugin of its namespace.</param>
    /// <param name="definitions">Finds an entry of the catalog.</param>
    /// <exception cref="ProblemException">Others need it.</exception>
    public static void RequireUnneeded(TenantPlugin plugin, IEnumerable<TenantPlugin> installed, Func<string, PluginDefinition?> definitions)
    {
        var others = installed.Where(p => p.Metadata.Uid != plugin.Metadata.Uid && p.Metadata.DeletionTimestamp is null).ToList();
        if (others.Exists(p => p.Spec?.Plugin == plugin.Spec?.Plugin))
        {
            return;
        }

        var needing = Dependents.Of(plugin.Spec?.Plugin ?? string.Empty, others, definitions).Select(static d => d.Plugin.Metadata.Name!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (needing.Count > 0)
        {
            throw Refuse.Needed(
                $"{string.Join(", ", needing)} need{(needing.Count == 1 ? "s" : string.Empty)} it; remove {(needing.Count == 1 ? "that" : "those")} first, or add ?force=true");
        }
    }

    /// <summary>What stays behind.</summary>
    public static IReadOnlyList<string> Warnings(TenantPlugin plugin)
    {
        if (plugin.Spec?.Config is not { } config)
        {
            return [];
        }

        var paths = ConfigReferences.Scan(config).References
            .Where(static located => located.Reference.Kind == ReferenceKind.Vault)
            .Select(static located => located.Reference.Path)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return paths.Count == 0 ? [] : [$"its secrets stay in Vault, below the tenant's prefix: {string.Join(", ", paths)}"];
    }
}
