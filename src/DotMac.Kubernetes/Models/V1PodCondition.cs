using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>One condition of a pod.</summary>
public sealed class V1PodCondition
{
    /// <summary>Which condition.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Type { get; set; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Status { get; set; }

    /// <summary>Why, in CamelCase.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Reason { get; set; }

    /// <summary>Why, for people.</summary>
    public string? Message { get; set; }
}
