using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>What is to be installed, and how. Every default is applied by the operator when it reads; none is written back.</summary>
public sealed class TenantPluginSpec
{
    /// <summary>The name of the PluginDefinition. Cannot be changed: delete the TenantPlugin and make another one.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.DnsLabel)]
    [SchemaLength(Min = 1, Max = 63)]
    [SchemaRule("self == oldSelf", "plugin cannot be changed; delete this TenantPlugin and create another one")]
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Plugin { get; set; }

    /// <summary>The version to run, one that the PluginDefinition lists. Default: the definition's defaultVersion.</summary>
    [SchemaPattern(Patterns.SemanticVersion)]
    [SchemaLength(Max = 63)]
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Version { get; set; }

    /// <summary>Whether the plugin runs. False scales it to zero and keeps everything else. Default: true.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The number of pods. Default: 1.</summary>
    [SchemaRange(Min = 0, Max = 100)]
    public int? Replicas { get; set; }

    /// <summary>Changes the number of pods with their load, in place of replicas. Default: it does not change.</summary>
    public AutoscalingSpec? Autoscaling { get; set; }

    /// <summary>
    /// The plugin's own settings, checked against the schema in its PluginDefinition. Strings may hold references: ${vault:path/key},
    /// ${secret:name/key} or ${env:NAME}.
    /// </summary>
    [SchemaPreserveUnknownFields]
    [JsonConverter(typeof(ConfigElementConverter))]
    public JsonElement? Config { get; set; }

    /// <summary>What a changed config does to the pods. Default: Restart.</summary>
    [JsonConverter(typeof(TolerantEnumConverter<ReloadMode>))]
    public ReloadMode? Reload { get; set; }

    /// <summary>
    /// What a pod reserves and may use: cpu, memory and ephemeral-storage. Default, each amount by itself: the definition's, else requests of
    /// 50m cpu, 64Mi memory and 64Mi ephemeral-storage, and limits of 500m cpu, 256Mi memory and 256Mi ephemeral-storage.
    /// </summary>
    public V1ResourceRequirements? Resources { get; set; }

    /// <summary>How the plugin is fenced in.</summary>
    public SandboxSpec? Sandbox { get; set; }

    /// <summary>How the plugin gets its secrets from Vault.</summary>
    public VaultSpec? Vault { get; set; }

    /// <summary>What a changed secret does to the pods. Default: Reload.</summary>
    public RotationMode? Rotation { get; set; }

    /// <summary>Which newer versions are taken without asking. Default: Manual.</summary>
    public UpgradePolicy? UpgradePolicy { get; set; }

    /// <summary>
    /// How many seconds a new version or config has to become healthy. One that does not is taken back, and the last good one runs again until spec or
    /// definition change. Default: 300.
    /// </summary>
    [SchemaRange(Min = 10, Max = 86400)]
    public int? ProgressDeadlineSeconds { get; set; }

    /// <summary>Who may call the plugin's operations. Default: every service account of the TenantPlugin's namespace.</summary>
    [SchemaItems(Max = 64)]
    public IList<CallerSpec>? Callers { get; set; }

    /// <summary>How callers prove who they are: Token, or None where something in front of the plugin does it. Default: Token.</summary>
    public CallerAuthentication? CallerAuthentication { get; set; }

    /// <summary>Lets the vendor's callbacks in from outside the cluster. Default: they are not let in.</summary>
    public IngressSpec? Ingress { get; set; }
}
