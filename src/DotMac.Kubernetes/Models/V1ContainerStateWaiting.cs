using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>Why a container does not run.</summary>
public sealed class V1ContainerStateWaiting
{
    /// <summary><c>CrashLoopBackOff</c>, <c>ImagePullBackOff</c>, …</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Reason { get; set; }

    /// <summary>The same, for people.</summary>
    public string? Message { get; set; }
}
