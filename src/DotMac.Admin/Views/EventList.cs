using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>What was told about a plugin.</summary>
public sealed record EventList([property: Description("Newest first. Kubernetes keeps them for an hour, unless told otherwise.")] IReadOnlyList<EventView> Events);
