using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Versions;

/// <summary>Finds versions in a definition.</summary>
public static class VersionResolver
{
    private const string Pointer = "/spec/version";
    private const int MostListed = 10;

    /// <summary>The version that a TenantPlugin asks for.</summary>
    /// <param name="wanted">Its <c>spec.version</c>; null or empty is the definition's default.</param>
    /// <param name="definition">The definition.</param>
    /// <returns>The version, or an error that lists the known ones.</returns>
    public static VersionResolution Resolve(string? wanted, PluginDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var versions = Known(definition);
        if (versions.Count == 0)
        {
            return Missing($"PluginDefinition {definition.Metadata.Name} has no versions; add one to its spec.versions");
        }

        if (!string.IsNullOrEmpty(wanted))
        {
            return Find(versions, wanted) is { } found
                ? new VersionResolution(found, null)
                : Missing(Unknown(wanted, versions, definition));
        }

        if (string.IsNullOrEmpty(definition.Spec.DefaultVersion))
        {
            return new VersionResolution(Highest(versions), null);
        }

        return Find(versions, definition.Spec.DefaultVersion) is { } standard
            ? new VersionResolution(standard, null)
            : Missing(
                $"PluginDefinition {definition.Metadata.Name} names {definition.Spec.DefaultVersion} as its default, "
                + $"which it does not list; set spec.version to one of {List(versions)}");
    }

    /// <summary>The version that an upgrade policy leads to.</summary>
    /// <param name="current">The version that the TenantPlugin asks for.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="accepts">What else a version must satisfy; null for nothing.</param>
    /// <returns>The highest release that the policy allows, or <paramref name="current"/> itself.</returns>
    public static PluginVersionSpec Upgrade(
        PluginVersionSpec current, UpgradePolicy policy, PluginDefinition definition, Func<PluginVersionSpec, bool>? accepts = null)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(definition);
        if (policy is not (UpgradePolicy.Patch or UpgradePolicy.Minor) || SemVer.Of(current.Version) is not { } from)
        {
            return current;
        }

        return Known(definition)
            .Where(static version => string.IsNullOrWhiteSpace(version.Deprecated))
            .Select(version => (Spec: version, Number: SemVer.Of(version.Version)))
            .Where(version => version.Number is { IsPrerelease: false } number
                && number > from
                && number.Major == from.Major
                && (policy == UpgradePolicy.Minor || number.Minor == from.Minor))
            .OrderByDescending(version => version.Number)
            .Select(version => version.Spec)
            .FirstOrDefault(version => accepts?.Invoke(version) != false, current);
    }

    /// <summary>The releases that are newer than a version, newest first.</summary>
    /// <param name="current">The version; null or none by the rules of SemVer has no newer ones.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="most">How many are told of.</param>
    public static IReadOnlyList<string> Newer(string? current, PluginDefinition definition, int most)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Spec?.Versions is not { Count: > 1 } || SemVer.Of(current) is not { } from
            ? []
            : [.. Known(definition)
                .Where(static version => string.IsNullOrWhiteSpace(version.Deprecated))
                .Select(version => (version.Version, Number: SemVer.Of(version.Version)))
                .Where(version => version.Number is { IsPrerelease: false } number && number > from)
                .OrderByDescending(version => version.Number)
                .Select(version => version.Version!)
                .Take(most)];
    }

    private static VersionResolution Missing(string message) => new(null, new ValidationError(Pointer, message));

    private static List<PluginVersionSpec> Known(PluginDefinition definition) =>
        [.. (definition.Spec?.Versions ?? []).Where(version => !string.IsNullOrEmpty(version?.Version))];

    private static PluginVersionSpec? Find(List<PluginVersionSpec> versions, string wanted)
    {
        if (versions.Find(version => version.Version == wanted) is { } exact)
        {
            return exact;
        }

        // 1.0.0+build2 and 1.0.0 are one version to SemVer.
        return SemVer.Of(wanted) is { } number ? versions.Find(version => number.Equals(SemVer.Of(version.Version))) : null;
    }

    private static PluginVersionSpec Highest(List<PluginVersionSpec> versions) => versions
        .Select(version => (Spec: version, Number: SemVer.Of(version.Version)))
        .OrderByDescending(version => version.Number is { IsPrerelease: false })
        .ThenByDescending(version => version.Number)
        .First().Spec;

    private static string Unknown(string wanted, List<PluginVersionSpec> versions, PluginDefinition definition)
    {
        var names = versions.ConvertAll(version => version.Version!);
        var closest = names.Find(name => name == wanted.TrimStart('v', 'V'))
            ?? names.Find(name => name.StartsWith(wanted + '.', StringComparison.Ordinal))
            ?? ClosestMatch.Of(wanted, names);
        var suggestion = closest is null ? string.Empty : $"; did you mean {closest}?";
        return $"PluginDefinition {definition.Metadata.Name} has no version {wanted}; it has {List(versions)}{suggestion}";
    }

    private static string List(List<PluginVersionSpec> versions) =>
        string.Join(", ", versions.Take(MostListed).Select(version => version.Version))
        + (versions.Count > MostListed ? $" and {versions.Count - MostListed} more" : string.Empty);
}
