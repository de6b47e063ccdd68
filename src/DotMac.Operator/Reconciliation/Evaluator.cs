using System.Runtime.CompilerServices;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Operator.Images;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Defaults;
using DotMac.Plugins.Resources.Tenants;
using DotMac.Plugins.Resources.Validation;
using DotMac.Plugins.Resources.Validation.Config;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Operator.Reconciliation;

/// <summary>Reads a spec together with its definition and its tenant, and says what is wrong with it. Pure.</summary>
internal static class Evaluator
{
    private const int MostVersions = 10;

    // A definition is one object in the cache until it changes, and a thousand plugins ask about it: it is judged once.
    private static readonly ConditionalWeakTable<PluginDefinition, IReadOnlyList<ValidationError>> Catalog = [];

    /// <summary>Evaluates.</summary>
    /// <param name="plugin">The resource.</param>
    /// <param name="ns">Its namespace; null when the cache has not heard of it yet.</param>
    /// <param name="definition">The definition that it names; null when there is none.</param>
    /// <param name="accepts">Whether a version that an upgrade policy leads to will do for those who need the plugin; null for yes.</param>
    public static Evaluation Of(TenantPlugin plugin, V1Namespace? ns, PluginDefinition? definition, Func<PluginVersionSpec, bool>? accepts = null)
    {
        var tenant = TenantNamespace.TenantOf(ns);
        var resolution = definition is null ? null : Resolve(plugin, definition, accepts);
        var effective = TenantPluginDefaults.Resolve(plugin.Spec, resolution?.Version, plugin.Metadata.Namespace ?? string.Empty);
        var scan = ConfigReferences.Scan(effective.Config);
        return new Evaluation(
            tenant, effective, scan.References, [.. resolution?.Version?.Dependencies ?? []], Judge(plugin, ns, tenant, definition, resolution))
        {
            Version = resolution?.Version,
            AvailableVersions = definition is null ? [] : VersionResolver.Newer(resolution?.Version?.Version, definition, MostVersions),
        };
    }

    private static VersionResolution Resolve(TenantPlugin plugin, PluginDefinition definition, Func<PluginVersionSpec, bool>? accepts)
    {
        var asked = VersionResolver.Resolve(plugin.Spec.Version, definition);

        // A version whose schema the config does not fit is not taken without asking: that takes a hand.
        return asked.Found && plugin.Spec.UpgradePolicy is { } policy
            ? new VersionResolution(
                VersionResolver.Upgrade(
                    asked.Version,
                    policy,
                    definition,
                    version => accepts?.Invoke(version) != false && ConfigValidator.Validate(plugin.Spec.Config, version.ConfigSchema).Count == 0),
                null)
            : asked;
    }

    private static Verdict Judge(TenantPlugin plugin, V1Namespace? ns, string? tenant, PluginDefinition? definition, VersionResolution? resolution)
    {
        if (tenant is null)
        {
            return Verdict.False(
                ConditionReasons.NotATenant,
                $"Namespace {plugin.Metadata.Namespace} belongs to no tenant; label it: kubectl label namespace {plugin.Metadata.Namespace} {Labels.Tenant}=<tenant id>");
        }

        if (PullSecrets.Mistake(ns) is { } mistake)
        {
            return Verdict.False(
                ConditionReasons.TenantInvalid,
                $"Namespace {plugin.Metadata.Namespace}, annotation {Annotations.ImagePullSecrets}: '{Excerpt.Of(mistake)}' is no name of a Secret. " +
                "A platform administrator must correct it: names of Secrets of the namespace, with commas between them");
        }

        var shape = TenantPluginValidator.Validate(plugin);
        if (shape.Count > 0)
        {
            return Verdict.False(ConditionReasons.SpecInvalid, shape.Summary());
        }

        if (definition is null)
        {
            return Verdict.False(
                ConditionReasons.DefinitionNotFound,
                $"/spec/plugin: there is no PluginDefinition {plugin.Spec.Plugin}. See kubectl get plugindefinitions, or have a platform administrator add it");
        }

        var catalog = Catalog.GetValue(definition, static d => DefinitionValidator.Validate(d));
        if (catalog.Count > 0)
        {
            return Verdict.False(
                ConditionReasons.DefinitionInvalid,
                $"PluginDefinition {definition.Metadata.Name} has errors that a platform administrator must correct: {catalog.Summary(3)}");
        }

        if (resolution is not { Found: true })
        {
            return Verdict.False(ConditionReasons.VersionNotFound, resolution!.Error!.ToString());
        }

        var config = ConfigValidator.Validate(plugin.Spec.Config, resolution.Version.ConfigSchema);
        return config.Count > 0
            ? Verdict.False(ConditionReasons.ConfigInvalid, config.Summary())
            : Verdict.True(ConditionReasons.Valid, "The config fits the schema");
    }
}
