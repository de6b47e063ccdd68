using System.Text.Json.Nodes;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Validation;
using DotMac.Plugins.Resources.Validation.Config;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Plugins.Resources.Admission;

/// <summary>
/// Judges a change of a TenantPlugin before it is stored, by what the reconciler judges it by afterwards: nothing depends on being asked. Pure.
/// </summary>
public static class TenantPluginAdmission
{
    /// <summary>A new one, or a changed one.</summary>
    /// <param name="before">As it is; null for a new one.</param>
    /// <param name="after">As it would be.</param>
    /// <param name="definition">The definition that it names; null when there is none.</param>
    /// <param name="tenant">What else there is.</param>
    public static AdmissionVerdict OfWrite(TenantPlugin? before, TenantPlugin after, PluginDefinition? definition, TenantView tenant)
    {
        // What is on its way out must be able to go, and what has no new wishes cannot be wrong anew: an older version may have stored it.
        if (after.Metadata.DeletionTimestamp is not null || (before is not null && SameSpec(before, after)))
        {
            return AdmissionVerdict.Allowed;
        }

        var errors = new List<ValidationError>(TenantPluginValidator.Validate(after));
        if (before is not null)
        {
            errors.AddRange(TenantPluginValidator.ValidateUpdate(before, after));
        }

        errors.AddRange(tenant.Limits.OfChange(before, after, tenant.Installed, tenant.UseOf));
        if (definition is null)
        {
            // Applied together, the definition may come a moment later; the plugin waits for it and says so.
            return new AdmissionVerdict(errors, errors.Count == 0 ? [$"there is no PluginDefinition {after.Spec.Plugin} yet; the plugin waits for it. See kubectl get pdef"] : []);
        }

        var resolution = VersionResolver.Resolve(after.Spec.Version, definition);
        if (!resolution.Found)
        {
            errors.Add(resolution.Error!);
            return new AdmissionVerdict(errors, []);
        }

        errors.AddRange(ConfigValidator.Validate(after.Spec.Config, resolution.Version!.ConfigSchema));
        return new AdmissionVerdict(
            errors,
            [
                .. Deprecation(resolution.Version, definition),
                .. before is null ? Missing(resolution.Version, tenant.Installed) : [],
                .. ResourceAdvice.Of(after.Spec.Resources, resolution.Version.Resources),
            ]);
    }

    /// <summary>One that is to be deleted.</summary>
    /// <param name="plugin">It.</param>
    /// <param name="installed">Every TenantPlugin of its namespace, it included.</param>
    /// <param name="definitions">Finds a definition by its name.</param>
    public static AdmissionVerdict OfDelete(TenantPlugin plugin, IReadOnlyList<TenantPlugin> installed, Func<string, PluginDefinition?> definitions)
    {
        if (plugin.Metadata.Annotations?.TryGetValue(Annotations.ForceDelete, out var force) == true && force == "true")
        {
            return AdmissionVerdict.Allowed;
        }

        // Another one installed from the same definition does as well.
        var others = installed.Where(p => p.Metadata.Uid != plugin.Metadata.Uid && p.Metadata.DeletionTimestamp is null).ToList();
        if (others.Exists(p => p.Spec.Plugin == plugin.Spec.Plugin))
        {
            return AdmissionVerdict.Allowed;
        }

        var needing = Dependents.Of(plugin.Spec.Plugin ?? string.Empty, others, definitions).Select(static d => d.Plugin.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        return needing.Count == 0
            ? AdmissionVerdict.Allowed
            : new AdmissionVerdict(
                [
                    new ValidationError(
                        "/metadata/name",
                        $"{string.Join(", ", needing)} need{(needing.Count == 1 ? "s" : string.Empty)} it; delete {(needing.Count == 1 ? "that" : "those")} first, "
                        + $"or force it: kubectl annotate tp {plugin.Metadata.Name} -n {plugin.Metadata.Namespace} {Annotations.ForceDelete}=true"),
                ],
                []);
    }

    private static IEnumerable<string> Deprecation(PluginVersionSpec version, PluginDefinition definition) => string.IsNullOrWhiteSpace(version.Deprecated)
        ? []
        : [$"/spec/version: {definition.Metadata.Name} {version.Version} is deprecated: {version.Deprecated}"];

    // Applied together, it may come a moment later; the plugin waits for it and says so.
    private static IEnumerable<string> Missing(PluginVersionSpec version, IReadOnlyList<TenantPlugin> installed) => (version.Dependencies ?? [])
        .Where(d => !string.IsNullOrEmpty(d?.Plugin) && !installed.Any(p => p.Spec.Plugin == d.Plugin && p.Metadata.DeletionTimestamp is null))
        .Select(static d => $"/spec/plugin: it needs {$"{d.Plugin} {d.Version}".TrimEnd()}, which is not installed in this namespace; it waits until it is");

    /// <summary>Whether two states of a plugin wish for the same.</summary>
    public static bool SameSpec(TenantPlugin before, TenantPlugin after) =>
        JsonNode.DeepEquals(ResourceJson.Object(before.Spec), ResourceJson.Object(after.Spec));
}
