using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Plugins.Resources;

/// <summary>What the operator saw.</summary>
[SchemaDefault("""{"observedGeneration":-1}""")]
public sealed class PluginDefinitionStatus
{
    /// <summary>The generation of the spec that this status speaks of; -1 until the operator has looked at it.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>How many TenantPlugins use this definition.</summary>
    public int? Installations { get; set; }

    /// <summary>The conditions, each with the generation that it speaks of.</summary>
    [SchemaListMap("type")]
    public IList<V1Condition>? Conditions { get; set; }
}
