using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Models;

/// <summary>Something worth telling about an object, from <c>events.k8s.io/v1</c>.</summary>
[KubernetesEntity(Group = "events.k8s.io", ApiVersion = "v1", Kind = "Event", PluralName = "events")]
public sealed class EventsV1Event : IKubernetesEntity
{
    /// <inheritdoc />
    public string? ApiVersion { get; set; } = "events.k8s.io/v1";

    /// <inheritdoc />
    public string? Kind { get; set; } = "Event";

    /// <inheritdoc />
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>When it happened first; RFC 3339 with exactly six decimals, which this field alone insists on.</summary>
    public string? EventTime { get; set; }

    /// <summary>Who tells it, <c>dotmac.io/operator</c>.</summary>
    public string? ReportingController { get; set; }

    /// <summary>Which instance of it.</summary>
    public string? ReportingInstance { get; set; }

    /// <summary>What was done, in CamelCase.</summary>
    public string? Action { get; set; }

    /// <summary>Why, in CamelCase; at most 128 characters.</summary>
    public string? Reason { get; set; }

    /// <summary>What it is about.</summary>
    public V1ObjectReference? Regarding { get; set; }

    /// <summary>What else took part.</summary>
    public V1ObjectReference? Related { get; set; }

    /// <summary>For people; at most 1 kB.</summary>
    public string? Note { get; set; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Set when it happened more than once.</summary>
    public V1EventSeries? Series { get; set; }
}
