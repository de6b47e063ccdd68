using System.Globalization;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Health;

/// <summary>Warnings about pods that are being set up: what neither the pod nor its ReplicaSet tells.</summary>
internal static class PodEvents
{
    /// <summary>The name of the index.</summary>
    public const string ByPod = "pod";

    /// <summary>Which events: those about pods, without the many that only repeat what the pod's own status tells.</summary>
    public static ListOptions Scope { get; } = new(
        FieldSelector: "involvedObject.kind=Pod,type=Warning,reason!=BackOff,reason!=Unhealthy,reason!=Failed,reason!=FailedScheduling");

    /// <summary>The values of the index.</summary>
    public static IEnumerable<string> Index(Corev1Event warning) => warning.InvolvedObject?.Uid is { Length: > 0 } uid ? [uid] : [];

    /// <summary>The warnings about pods.</summary>
    public static IReadOnlyList<Corev1Event> Of(IObjectStore<Corev1Event> events, IEnumerable<V1Pod> pods) =>
        events.Count == 0
            ? []
            : [.. pods.Where(static pod => pod.Status?.Phase == "Pending").SelectMany(pod => events.ByIndex(ByPod, pod.Metadata.Uid ?? string.Empty))];

    /// <summary>Drops what nobody reads, and what is long.</summary>
    public static Corev1Event Slim(Corev1Event warning) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = warning.Metadata.Name,
            Namespace = warning.Metadata.Namespace,
            ResourceVersion = warning.Metadata.ResourceVersion,
            CreationTimestamp = warning.Metadata.CreationTimestamp,
        },
        InvolvedObject = new V1ObjectReference
        {
            Namespace = warning.InvolvedObject?.Namespace,
            Name = warning.InvolvedObject?.Name,
            Uid = warning.InvolvedObject?.Uid,
        },
        Reason = warning.Reason,
        Message = Excerpt.Of(warning.Message),
        Count = warning.Count,
        LastTimestamp = warning.LastTimestamp,
        EventTime = warning.EventTime,
    };

    /// <summary>When it happened last.</summary>
    public static DateTimeOffset TimeOf(Corev1Event warning) =>
        warning.LastTimestamp
        ?? (DateTimeOffset.TryParse(warning.EventTime, CultureInfo.InvariantCulture, out var time) ? time : warning.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue);
}
