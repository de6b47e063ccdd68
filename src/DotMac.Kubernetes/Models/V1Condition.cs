using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>One condition, in the form that <c>metav1.Condition</c> prescribes.</summary>
public sealed class V1Condition
{
    /// <summary>Which condition, in CamelCase.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Type { get; set; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Status { get; set; }

    /// <summary>The generation of the spec that it speaks of.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>When <c>status</c> changed last; not moved by a new reason or message.</summary>
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Why, in CamelCase; never empty.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Reason { get; set; }

    /// <summary>Why, and what to do, for people.</summary>
    public string? Message { get; set; }
}
