using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>What the operator saw.</summary>
/// <remarks>The default makes a resource that nobody has looked at differ from one that is up to date.</remarks>
[SchemaDefault("""{"observedGeneration":-1}""")]
public sealed class TenantPluginStatus
{
    /// <summary>The generation of the spec that this status speaks of; -1 until the operator has looked at it.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>The state in one word, for people. Programs read the conditions.</summary>
    public PluginPhase? Phase { get; set; }

    /// <summary>The tenant that the namespace belongs to.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Tenant { get; set; }

    /// <summary>The version that runs, or is being rolled out.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Version { get; set; }

    /// <summary>The image that runs, with its digest once that is known.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Image { get; set; }

    /// <summary>The name of the last revision that became healthy: a ControllerRevision of the namespace.</summary>
    public string? CurrentRevision { get; set; }

    /// <summary>The revision that is being tried; absent when there is none.</summary>
    public TenantPluginRollout? Rollout { get; set; }

    /// <summary>The revision that failed and was taken back; absent when none was.</summary>
    public TenantPluginRollback? Rollback { get; set; }

    /// <summary>Newer releases that the definition lists, newest first, ten at most.</summary>
    public IList<string>? AvailableVersions { get; set; }

    /// <summary>The number of pods that are wanted.</summary>
    public int? Replicas { get; set; }

    /// <summary>The number of pods that are ready.</summary>
    public int? ReadyReplicas { get; set; }

    /// <summary>Ready pods of wanted ones, for the column: 1/1.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Ready { get; set; }

    /// <summary>The conditions, each with the generation that it speaks of.</summary>
    [SchemaListMap("type")]
    public IList<V1Condition>? Conditions { get; set; }

    /// <summary>What the plugin said of itself when it was asked last.</summary>
    public TenantPluginHealth? Health { get; set; }

    /// <summary>How much the plugin is used. Written seldom; the plugin's own metrics are the exact source.</summary>
    public TenantPluginMetrics? Metrics { get; set; }

    /// <summary>One of the conditions; null when it is not there.</summary>
    /// <param name="type">Its type, one of <see cref="ConditionTypes"/>.</param>
    public V1Condition? FindCondition(string type) => Conditions?.FirstOrDefault(condition => condition.Type == type);
}
