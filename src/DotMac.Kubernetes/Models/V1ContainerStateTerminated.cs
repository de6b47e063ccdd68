using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>How a container ended.</summary>
public sealed class V1ContainerStateTerminated
{
    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; set; }

    /// <summary><c>OOMKilled</c>, <c>Error</c>, <c>Completed</c>, …</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Reason { get; set; }

    /// <summary>The same, for people.</summary>
    public string? Message { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}
