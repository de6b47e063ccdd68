using System.Text.Json;
using DotMac.Plugins.Contract;

namespace DotMac.Plugins.Resources.Defaults;

/// <summary>The one place where defaults of a TenantPlugin are applied. Nothing of it is ever written back to the resource.</summary>
public static class TenantPluginDefaults
{
    /// <summary>The number of pods.</summary>
    public const int Replicas = 1;

    /// <summary>How long a new revision has to become healthy.</summary>
    public static readonly TimeSpan ProgressDeadline = TimeSpan.FromMinutes(5);

    /// <summary>The use of the CPU that autoscaling aims at, as a percentage of what is requested.</summary>
    public const int TargetCpuPercent = 80;

    /// <summary>The port of egress rules that name none.</summary>
    public const int EgressPort = 443;

    private static readonly JsonElement EmptyConfig = JsonElement.Parse("{}");

    /// <summary>Applies every default.</summary>
    /// <param name="spec">What the user wrote. Values that this version does not know count as not written.</param>
    /// <param name="version">The resolved version of the definition; null when there is none.</param>
    /// <param name="tenantNamespace">The namespace of the TenantPlugin, whose service accounts may call by default.</param>
    /// <returns>The plugin with non-null values, but for those that the operator's own settings decide.</returns>
    public static EffectivePlugin Resolve(TenantPluginSpec spec, PluginVersionSpec? version, string tenantNamespace)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(tenantNamespace);
        var autoscaling = Autoscaling(spec.Autoscaling);
        return new EffectivePlugin
        {
            Plugin = spec.Plugin ?? string.Empty,
            Version = version?.Version ?? spec.Version ?? string.Empty,
            Image = version?.Image,
            Enabled = spec.Enabled ?? true,
            Replicas = autoscaling?.MinReplicas ?? Math.Max(0, spec.Replicas ?? Replicas),
            Autoscaling = autoscaling,
            Config = spec.Config is { ValueKind: JsonValueKind.Object } config ? config : EmptyConfig,
            Reload = Known(spec.Reload) ?? ReloadMode.Restart,
            Resources = ResourceDefaults.Merge(spec.Resources, version?.Resources),
            SandboxEnabled = spec.Sandbox?.Enabled ?? true,
            RuntimeClassName = NullIfEmpty(spec.Sandbox?.RuntimeClassName),
            Egress = Egress([.. version?.Egress ?? [], .. spec.Sandbox?.Egress ?? []]),
            VaultRole = NullIfEmpty(spec.Vault?.Role),
            VaultAuthPath = NullIfEmpty(spec.Vault?.AuthPath?.Trim('/')),
            VaultInjection = Known(spec.Vault?.Injection),
            Rotation = Known(spec.Rotation) ?? RotationMode.Reload,
            UpgradePolicy = Known(spec.UpgradePolicy) ?? UpgradePolicy.Manual,
            ProgressDeadline = spec.ProgressDeadlineSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : ProgressDeadline,
            CallerAuthentication = Known(spec.CallerAuthentication) ?? CallerAuthentication.Token,
            Callers = Callers(spec.Callers, tenantNamespace),
            Ingress = string.IsNullOrEmpty(spec.Ingress?.Host) ? null : spec.Ingress,
        };
    }

    private static EffectiveAutoscaling? Autoscaling(AutoscalingSpec? spec)
    {
        if (spec is null)
        {
            return null;
        }

        var least = Math.Max(1, spec.MinReplicas ?? Replicas);
        return new EffectiveAutoscaling(least, Math.Max(least, spec.MaxReplicas ?? least), Math.Clamp(spec.TargetCpuPercent ?? TargetCpuPercent, 1, 100));
    }

    // A caller without a namespace is dropped, not read as "the own namespace": a mistake must not open a door.
    private static IReadOnlyList<EffectiveCaller> Callers(IList<CallerSpec>? callers, string tenantNamespace) => callers is null
        ? [new EffectiveCaller(tenantNamespace, null)]
        : [.. callers
            .Where(caller => !string.IsNullOrEmpty(caller?.Namespace))
            .Select(caller => new EffectiveCaller(caller.Namespace!, NullIfEmpty(caller.ServiceAccount)))
            .Distinct()];

    private static IReadOnlyList<EffectiveEgress> Egress(IReadOnlyList<EgressRule?> rules) =>
        [.. rules
            .Where(rule => !string.IsNullOrEmpty(rule?.Host))
            .GroupBy(rule => (Host: rule!.Host!.ToLowerInvariant(), Protocol: Known(rule.Protocol) ?? EgressProtocol.TCP))
            .Select(group => new EffectiveEgress(group.Key.Host, [.. group.SelectMany(rule => Ports(rule!)).Distinct().Order()], group.Key.Protocol))];

    private static IList<int> Ports(EgressRule rule) => rule.Ports is { Count: > 0 } ports ? ports : [EgressPort];

    private static TEnum? Known<TEnum>(TEnum? value)
        where TEnum : struct, Enum =>
        value is { } known && Enum.IsDefined(known) ? known : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
