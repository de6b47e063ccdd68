using System.Globalization;
using DotMac.Kubernetes.Models;

namespace DotMac.Admin.Views;

/// <summary>How events look over HTTP. Pure.</summary>
internal static class EventViews
{
    /// <summary>Events, newest first.</summary>
    public static EventList Of(IEnumerable<Corev1Event> events) => new([.. events.Select(View).OrderByDescending(static told => told.LastSeen)]);

    private static EventView View(Corev1Event told) => new(
        told.Type == "Warning" ? "warning" : "normal",
        told.Reason,
        told.Message,
        Math.Max(1, told.Count ?? told.Series?.Count ?? 1),
        Time(told.Series?.LastObservedTime) ?? told.LastTimestamp ?? Time(told.EventTime) ?? told.Metadata.CreationTimestamp);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
