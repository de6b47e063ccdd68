using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;

namespace DotMac.Plugins.Resources.Defaults;

/// <summary>A TenantPlugin with every default applied.</summary>
public sealed record EffectivePlugin
{
    /// <summary>The name of the PluginDefinition; empty when the spec names none.</summary>
    public required string Plugin { get; init; }

    /// <summary>The version that was resolved, else the one that the spec asks for, else empty.</summary>
    public required string Version { get; init; }

    /// <summary>The image of the resolved version; null when none was resolved.</summary>
    public required string? Image { get; init; }

    /// <summary>Whether the plugin runs.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The number of pods while it is enabled; the fewest when it changes with their load.</summary>
    public required int Replicas { get; init; }

    /// <summary>How the number changes with their load; null when it does not.</summary>
    public required EffectiveAutoscaling? Autoscaling { get; init; }

    /// <summary>Whether somebody else decides on the number of pods now.</summary>
    public bool IsAutoscaled => Enabled && Autoscaling is not null;

    /// <summary>The number of pods that should run now, the fewest when it changes with their load: 0 when deactivated.</summary>
    public int WantedReplicas => Enabled ? Replicas : 0;

    /// <summary>The config; an empty object when there is none.</summary>
    public required JsonElement Config { get; init; }

    /// <summary>What a changed config does.</summary>
    public required ReloadMode Reload { get; init; }

    /// <summary>Requests and limits, neither null; no request is above its limit.</summary>
    public required V1ResourceRequirements Resources { get; init; }

    /// <summary>Whether network policies confine the plugin.</summary>
    public required bool SandboxEnabled { get; init; }

    /// <summary>The RuntimeClass; null is the cluster's default.</summary>
    public required string? RuntimeClassName { get; init; }

    /// <summary>The definition's egress, then the spec's; one entry a host and protocol.</summary>
    public required IReadOnlyList<EffectiveEgress> Egress { get; init; }

    /// <summary>The Vault role that the user wants; null is the operator's own for this plugin.</summary>
    public required string? VaultRole { get; init; }

    /// <summary>The mount of Vault's Kubernetes auth method; null is the operator's setting.</summary>
    public required string? VaultAuthPath { get; init; }

    /// <summary>Who renders Vault's secrets; null is the operator's setting.</summary>
    public required VaultInjection? VaultInjection { get; init; }

    /// <summary>What a changed secret does.</summary>
    public required RotationMode Rotation { get; init; }

    /// <summary>Which newer versions are taken.</summary>
    public required UpgradePolicy UpgradePolicy { get; init; }

    /// <summary>How long a new revision has to become healthy.</summary>
    public TimeSpan ProgressDeadline { get; init; } = TenantPluginDefaults.ProgressDeadline;

    /// <summary>How callers prove who they are.</summary>
    public CallerAuthentication CallerAuthentication { get; init; }

    /// <summary>Who may call; never empty unless the spec's list is.</summary>
    public required IReadOnlyList<EffectiveCaller> Callers { get; init; }

    /// <summary>How callbacks come in; null when they do not.</summary>
    public required IngressSpec? Ingress { get; init; }
}
