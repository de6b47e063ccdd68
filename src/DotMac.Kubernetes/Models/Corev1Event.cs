using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>
/// Something worth telling about an object, in the form of the core group: the same objects as <see cref="EventsV1Event"/>, and the only form
/// whose reason and object can be selected by.
/// </summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Event", PluralName = "events")]
public sealed class Corev1Event : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Event";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What it is about.</summary>
    public V1ObjectReference? InvolvedObject { get; set; }

    /// <summary>Why, in CamelCase.</summary>
    public string? Reason { get; set; }

    /// <summary>For people.</summary>
    public string? Message { get; set; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string? Type { get; set; }

    /// <summary>How often it happened; null for once.</summary>
    public int? Count { get; set; }

    /// <summary>When it happened last; null where only <see cref="EventTime"/> is told.</summary>
    public DateTimeOffset? LastTimestamp { get; set; }

    /// <summary>When it happened first, to the microsecond; RFC 3339.</summary>
    public string? EventTime { get; set; }

    /// <summary>How often it happened again; null where it did not, or is counted by <see cref="Count"/>.</summary>
    public V1EventSeries? Series { get; set; }
}
