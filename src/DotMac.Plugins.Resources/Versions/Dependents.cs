namespace DotMac.Plugins.Resources.Versions;

/// <summary>The plugins that need a plugin. Pure.</summary>
public static class Dependents
{
    /// <summary>Every plugin that needs another one, with what it needs of it.</summary>
    /// <param name="definition">The name of the definition that is needed.</param>
    /// <param name="installed">Every TenantPlugin of the namespace.</param>
    /// <param name="definitions">Finds a definition by its name.</param>
    public static IEnumerable<(TenantPlugin Plugin, PluginDependency Dependency)> Of(
        string definition, IEnumerable<TenantPlugin> installed, Func<string, PluginDefinition?> definitions) =>
        installed
            .Where(static plugin => plugin.Metadata.DeletionTimestamp is null)
            .SelectMany(plugin => Needs(plugin, definitions)
                .Where(dependency => dependency.Plugin == definition)
                .Select(dependency => (plugin, dependency)));

    /// <summary>Whether a version breaks nobody: those who need the plugin and are content with what runs would be with it too.</summary>
    /// <param name="version">The version.</param>
    /// <param name="running">What runs; null when nothing does yet.</param>
    /// <param name="dependents">Those that need it.</param>
    public static bool Accept(string? version, string? running, IEnumerable<(TenantPlugin Plugin, PluginDependency Dependency)> dependents) =>
        dependents.All(dependent => DependencyRange.TryParse(dependent.Dependency.Version, out var range, out _)
            && (range.Contains(version) || (running is not null && !range.Contains(running))));

    // What runs counts, and where nothing does yet, what is asked for.
    private static IEnumerable<PluginDependency> Needs(TenantPlugin plugin, Func<string, PluginDefinition?> definitions) =>
        definitions(plugin.Spec.Plugin ?? string.Empty) is { } definition
        && VersionResolver.Resolve(plugin.Status?.Version ?? plugin.Spec.Version, definition) is { Found: true, Version.Dependencies: { } dependencies }
            ? dependencies.Where(static dependency => dependency is not null)
            : [];
}
