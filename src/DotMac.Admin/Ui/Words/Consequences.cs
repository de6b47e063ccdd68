using DotMac.Admin.Writing;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Admin.Ui.Words;

/// <summary>What comes of an action, said before it is done. Pure.</summary>
internal static class Consequences
{
    /// <summary>Of stopping a plugin.</summary>
    public static IReadOnlyList<string> OfDeactivation(TenantPlugin plugin, IEnumerable<TenantPlugin> installed, Func<string, PluginDefinition?> definitions) =>
        [Strings.DeactivateStops, .. Needing(plugin, installed, definitions, Strings.DeactivateNeeded), Strings.DeactivateKeeps];

    /// <summary>Of activating it.</summary>
    public static IReadOnlyList<string> OfActivation() => [Strings.ActivateStarts];

    /// <summary>Of replacing its pods.</summary>
    public static IReadOnlyList<string> OfRestart() => [Strings.RestartReplaces];

    /// <summary>Of removing it.</summary>
    public static IReadOnlyList<string> OfRemoval(TenantPlugin plugin, IEnumerable<TenantPlugin> installed, Func<string, PluginDefinition?> definitions) =>
        [Strings.RemoveStops, .. Needing(plugin, installed, definitions, Strings.RemoveNeeded), .. Removal.Warnings(plugin).Select(Sentence), Strings.RemoveAudit];

    /// <summary>Of running another version.</summary>
    public static IReadOnlyList<string> OfUpgrade(string? from, string to) => [Say.Of(Strings.UpgradeRolls, from ?? "?", to), Strings.UpgradeBack];

    /// <summary>Of going back to a revision.</summary>
    public static IReadOnlyList<string> OfRollback(string version) => [Say.Of(Strings.RollbackReturns, version), Strings.RollbackSecrets];

    /// <summary>Who needs a plugin, as long as no other installation of the same entry will do.</summary>
    public static IReadOnlyList<string> NeededBy(TenantPlugin plugin, IEnumerable<TenantPlugin> installed, Func<string, PluginDefinition?> definitions)
    {
        var others = installed.Where(p => p.Metadata.Uid != plugin.Metadata.Uid && p.Metadata.DeletionTimestamp is null).ToList();
        return others.Exists(p => p.Spec?.Plugin == plugin.Spec?.Plugin)
            ? []
            : [.. Dependents.Of(plugin.Spec?.Plugin ?? string.Empty, others, definitions).Select(static d => d.Plugin.Metadata.Name!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Needing(TenantPlugin plugin, IEnumerable<TenantPlugin> installed, Func<string, PluginDefinition?> definitions, string text) =>
        NeededBy(plugin, installed, definitions) is { Count: > 0 } needing ? [Say.Of(text, Say.Names(needing))] : [];

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
