using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Secrets;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Defaults;

namespace DotMac.Operator.Desired;

/// <summary>All that decides what a TenantPlugin becomes.</summary>
/// <param name="Plugin">The resource.</param>
/// <param name="Effective">Its spec with every default applied.</param>
/// <param name="References">The references of its config.</param>
/// <param name="Tenant">The tenant that its namespace belongs to.</param>
/// <param name="Keys">How callers are known.</param>
/// <param name="Options">What the operator was told.</param>
internal sealed record DesiredInputs(
    TenantPlugin Plugin,
    EffectivePlugin Effective,
    IReadOnlyList<ConfigReference> References,
    string Tenant,
    Callers.ClusterKeys? Keys,
    OperatorOptions Options)
{
    /// <summary>What the pod template is to say of the secrets' versions.</summary>
    public RotationMark Rotation { get; init; } = RotationMark.None;

    /// <summary>The Secrets with which the images are pulled.</summary>
    public IReadOnlyList<string> PullSecrets { get; init; } = Options.ImagePullSecrets;

    /// <summary>The kind of disruption budget that the cluster serves; null when it serves none.</summary>
    public EntityType? DisruptionBudget { get; init; } = EntityType.Of<V1PodDisruptionBudget>();

    /// <summary>Whether files are kept up to date in running pods; else they are filled once, before the plugin starts.</summary>
    public bool RefreshesSecrets => Effective.Rotation == RotationMode.Reload;

    /// <summary>The references to Vault, a path once, in order.</summary>
    public IEnumerable<string> VaultPaths => References.Where(static r => r.Kind == ReferenceKind.Vault).Select(static r => r.Path)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The addresses of hosts of the egress, in CIDR notation, as far as they were looked up.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> EgressAddresses { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The role with which the plugin's agent logs in.</summary>
    public string VaultRole => Effective.VaultRole ?? VaultNames.Access(Tenant, Name);

    /// <summary>Where it logs in: <c>auth/kubernetes</c>.</summary>
    public string VaultAuthPath => Effective.VaultAuthPath ?? Options.Vault.AuthPath;

    /// <summary>The name of the resource and of everything that it becomes.</summary>
    public string Name => Plugin.Metadata.Name!;

    /// <summary>The namespace of the resource and of everything that it becomes.</summary>
    public string Namespace => Plugin.Metadata.Namespace!;

    /// <summary>Whether Vault has a part in this plugin.</summary>
    public bool UsesVault => References.Any(static r => r.Kind == ReferenceKind.Vault) && Injection != VaultInjection.None;

    /// <summary>Who renders Vault's secrets.</summary>
    public VaultInjection Injection => Effective.VaultInjection ?? Options.Vault.Injection;
}
