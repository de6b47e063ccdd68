using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Defaults;

namespace DotMac.Operator.Reconciliation;

/// <summary>What a spec comes to when it is read together with its definition and its tenant.</summary>
/// <param name="Tenant">The tenant; null when the namespace belongs to none.</param>
/// <param name="Effective">The spec with every default applied.</param>
/// <param name="References">The references of its config, with their places.</param>
/// <param name="Dependencies">The plugins that its version needs.</param>
/// <param name="Config">Whether it can be rolled out; false says what to correct.</param>
internal sealed record Evaluation(
    string? Tenant,
    EffectivePlugin Effective,
    IReadOnlyList<LocatedReference> References,
    IReadOnlyList<PluginDependency> Dependencies,
    Verdict Config)
{
    /// <summary>The version of the catalog that it comes to; null when it comes to none.</summary>
    public PluginVersionSpec? Version { get; init; }

    /// <summary>Newer releases of the catalog, newest first.</summary>
    public IReadOnlyList<string> AvailableVersions { get; init; } = [];

    /// <summary>Whether it can be rolled out. If not, what runs is left alone.</summary>
    public bool IsValid => Config.IsTrue;

    /// <summary>Whether its config refers to Vault, whoever resolves that.</summary>
    public bool RefersToVault => References.Any(static r => r.Reference.Kind == ReferenceKind.Vault);
}
