using System.Text.Json;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources.Validation.Config;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Plugins.Resources.Validation;

/// <summary>Checks a PluginDefinition, so that mistakes of its author are told to the author and not to every tenant.</summary>
public static class DefinitionValidator
{
    private const string Versions = "/spec/versions";

    /// <summary>Checks a PluginDefinition.</summary>
    /// <returns>The errors; empty when there are none.</returns>
    public static IReadOnlyList<ValidationError> Validate(PluginDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var errors = new ErrorCollector();
        errors.Require(
            Names.IsLabel(definition.Metadata?.Name),
            "/metadata/name",
            "must have lower-case letters, digits and '-' only, and at most 63 characters, because labels carry it");
        errors.Known(definition.Spec?.Category, "/spec/category");
        var versions = definition.Spec?.Versions ?? [];
        errors.Require(versions.Count > 0, Versions, "is required; add at least one version");
        for (var i = 0; i < versions.Count; i++)
        {
            Version(versions[i], JsonPointer.Append(Versions, i), definition, errors);
        }

        // By SemVer's own equality: 1.0.0+a and 1.0.0+b are one version.
        errors.Unique(versions, version => SemVer.Of(version?.Version)?.ToNormalizedString() ?? version?.Version, Versions, "version");
        Default(definition, errors);
        return errors.Errors;
    }

    private static void Default(PluginDefinition definition, ErrorCollector errors)
    {
        if (definition.Spec is { DefaultVersion.Length: > 0, Versions.Count: > 0 }
            && VersionResolver.Resolve(null, definition) is { Found: false })
        {
            var known = string.Join(
                ", ",
                definition.Spec.Versions.Select(version => version?.Version).Where(version => version is not null));
            errors.Add("/spec/defaultVersion", $"is none of spec.versions; write one of {known}");
        }
    }

    private static void Version(PluginVersionSpec? version, string pointer, PluginDefinition definition, ErrorCollector errors)
    {
        errors.Require(
            SemVer.Of(version?.Version) is not null,
            $"{pointer}/version",
            "must be a version such as 1.2.3, of three numbers and without 'v'; put it in quotes");
        errors.Require(
            Names.IsImage(version?.Image),
            $"{pointer}/image",
            "must be an image with a tag or a digest, such as ghcr.io/dotmac/plugin-twilio:1.0.0, in lower case up to the tag");
        if (version is null)
        {
            return;
        }

        Schema(version.ConfigSchema, $"{pointer}/configSchema", errors);
        Dependencies(version.Dependencies ?? [], $"{pointer}/dependencies", definition, errors);
        CommonChecks.Resources(version.Resources, $"{pointer}/resources", errors);
        CommonChecks.Egress(version.Egress, $"{pointer}/egress", errors);
        Operations(version.Operations ?? [], $"{pointer}/operations", errors);
    }

    private static void Schema(JsonElement? schema, string pointer, ErrorCollector errors)
    {
        if (schema is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            return;
        }

        try
        {
            _ = ConfigSchemaCache.Shared.Get(given);
        }
        catch (ConfigSchemaException failure)
        {
            foreach (var error in failure.Errors)
            {
                errors.Add(pointer + error.Pointer, error.Message);
            }
        }
    }

    private static void Dependencies(
        IList<PluginDependency> dependencies,
        string pointer,
        PluginDefinition definition,
        ErrorCollector errors)
    {
        for (var i = 0; i < dependencies.Count; i++)
        {
            var place = JsonPointer.Append(pointer, i);
            var plugin = dependencies[i]?.Plugin;
            errors.Require(
                Names.IsLabel(plugin),
                $"{place}/plugin",
                "must be the name of a PluginDefinition: lower-case letters, digits and '-'");
            errors.Require(
                plugin is null || plugin != definition.Metadata?.Name,
                $"{place}/plugin",
                "a plugin cannot depend on itself; remove it");
            if (!DependencyRange.TryParse(dependencies[i]?.Version, out _, out var error))
            {
                errors.Add($"{place}/version", error);
            }
        }

        errors.Unique(dependencies, dependency => dependency?.Plugin, pointer, "plugin");
    }

    private static void Operations(IList<PluginOperationSpec> operations, string pointer, ErrorCollector errors)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            errors.Require(
                Names.IsOperation(operations[i]?.Name),
                $"{JsonPointer.Append(pointer, i)}/name",
                "must have lower-case letters, digits and '_' only, and start with a letter, such as send_sms");
        }

        errors.Unique(operations, operation => operation?.Name, pointer, "name");
    }
}
