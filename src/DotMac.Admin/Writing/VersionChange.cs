using DotMac.Admin.Problems;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Admin.Writing;

/// <summary>Which version a plugin is to go to. Pure.</summary>
internal static class VersionChange
{
    /// <summary>The version to write; null when there is nothing newer.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="definition">Its entry of the catalog; null when it has none.</param>
    /// <param name="wanted">The version that was asked for; null or empty for the newest.</param>
    /// <exception cref="ProblemException">There is no such version.</exception>
    public static string? Resolve(TenantPlugin plugin, PluginDefinition? definition, string? wanted)
    {
        if (definition is null)
        {
            throw Refuse.Conflict("its entry is not in the catalog any more, so that there is nothing to upgrade to");
        }

        var version = string.IsNullOrEmpty(wanted) ? plugin.Status?.AvailableVersions?.FirstOrDefault() : wanted;
        if (version is null)
        {
            return null;
        }

        var resolution = VersionResolver.Resolve(version, definition);
        return resolution.Found ? version : throw Refuse.Invalid(new FieldError("/version", resolution.Error!.Message));
    }
}
