using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Admission;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Validation;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Operator.Admission;

/// <summary>Judges a change of a PluginDefinition before it is stored. Pure.</summary>
internal static class PluginDefinitionAdmission
{
    private const int MostNames = 5;

    /// <summary>A new one, or a changed one. A version that somebody runs can neither go nor become another one in place.</summary>
    /// <param name="before">As it is; null for a new one.</param>
    /// <param name="after">As it would be.</param>
    /// <param name="installations">Every TenantPlugin that is installed from it.</param>
    /// <param name="definitions">Finds another definition by its name.</param>
    public static AdmissionVerdict OfWrite(
        PluginDefinition? before, PluginDefinition after, IReadOnlyList<TenantPlugin> installations, Func<string, PluginDefinition?> definitions)
    {
        // What was stored wrong can be labelled, and can go.
        if (after.Metadata.DeletionTimestamp is not null || (before is not null && JsonNode.DeepEquals(ResourceJson.Object(before.Spec), ResourceJson.Object(after.Spec))))
        {
            return AdmissionVerdict.Allowed;
        }

        var errors = new List<ValidationError>(DefinitionValidator.Validate(after));
        errors.AddRange(Cycles(after, definitions));
        if (before is not null)
        {
            errors.AddRange(InUse(before, after, installations));
        }

        return new AdmissionVerdict(errors, []);
    }

    /// <summary>One that is to be deleted.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="installations">Every TenantPlugin that is installed from it.</param>
    public static AdmissionVerdict OfDelete(string name, IReadOnlyList<TenantPlugin> installations) => installations.Count == 0
        ? AdmissionVerdict.Allowed
        : new AdmissionVerdict([new ValidationError("/metadata/name", $"{Who(installations)} installed from {name}; delete them first")], []);

    private static IEnumerable<ValidationError> InUse(PluginDefinition before, PluginDefinition after, IReadOnlyList<TenantPlugin> installations)
    {
        var versions = after.Spec.Versions ?? [];
        foreach (var old in before.Spec.Versions ?? [])
        {
            var users = installations.Where(p => p.Metadata.DeletionTimestamp is null && Runs(p, old?.Version, before)).ToList();
            if (users.Count == 0)
            {
                continue;
            }

            var index = versions.ToList().FindIndex(v => Same(v?.Version, old!.Version));
            if (index < 0)
            {
                yield return new ValidationError("/spec/versions", $"version {old!.Version} cannot go: {Who(users)} installed with it; upgrade them first");
            }
            else if (!JsonNode.DeepEquals(Lasting(old!), Lasting(versions[index])))
            {
                yield return new ValidationError(
                    JsonPointer.Append("/spec/versions", index), $"version {old!.Version} cannot change in place: {Who(users)} installed with it; add a version with another number");
            }
        }
    }

    private static IEnumerable<ValidationError> Cycles(PluginDefinition after, Func<string, PluginDefinition?> definitions)
    {
        var name = after.Metadata.Name ?? string.Empty;
        var versions = after.Spec.Versions ?? [];
        for (var i = 0; i < versions.Count; i++)
        {
            // That it needs itself is told already.
            if (versions[i] is { } version
                && version.Dependencies?.Any(d => d?.Plugin == name) != true
                && DependencyCycle.Of(name, version, wanted => wanted == name ? after : definitions(wanted)) is { } cycle)
            {
                yield return new ValidationError(
                    $"{JsonPointer.Append("/spec/versions", i)}/dependencies", $"these plugins would need each other in a circle, so that none could start: {cycle}; leave one of these dependencies out");
            }
        }
    }

    // Whoever runs a version may be told that there are better ones.
    private static JsonObject Lasting(PluginVersionSpec version)
    {
        var lasting = ResourceJson.Object(version);
        lasting.Remove("deprecated");
        return lasting;
    }

    private static bool Runs(TenantPlugin plugin, string? version, PluginDefinition definition) =>
        Same(plugin.Status?.Version, version) || Same(plugin.Status?.Rollout?.PreviousVersion, version) || (VersionResolver.Resolve(plugin.Spec.Version, definition) is { Found: true, Version: { } resolved } && Same(resolved.Version, version));

    // Build metadata tells no versions apart (SemVer 2.0, section 10).
    private static bool Same(string? left, string? right) => left is not null && right is not null && left.Split('+')[0] == right.Split('+')[0];

    private static string Who(IReadOnlyList<TenantPlugin> plugins)
    {
        var names = string.Join(", ", plugins.Select(static p => ObjectKey.Of(p).ToString()).Order(StringComparer.Ordinal).Take(MostNames));
        return $"{names}{(plugins.Count > MostNames ? $" and {plugins.Count - MostNames} more" : string.Empty)} {(plugins.Count == 1 ? "is" : "are")}";
    }
}
