using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>Which objects are meant, by their labels.</summary>
public sealed class V1LabelSelector
{
    /// <summary>All of these.</summary>
    [JsonConverter(typeof(InternedMapConverter))]
    public IDictionary<string, string>? MatchLabels { get; set; }

    /// <summary>And all of these.</summary>
    public IList<V1LabelSelectorRequirement>? MatchExpressions { get; set; }
}
