using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Crds;

/// <summary>What was seen of a widget.</summary>
[SchemaDefault("""{"observedGeneration":-1}""")]
public sealed class WidgetStatus
{
    public long? ObservedGeneration { get; set; }

    [SchemaListMap("type")]
    public IList<V1Condition>? Conditions { get; set; }
}
