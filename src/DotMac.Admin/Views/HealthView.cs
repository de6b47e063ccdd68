using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>What a plugin said of itself.</summary>
public sealed record HealthView(
    [property: Description("healthy, degraded, unhealthy or unknown: the worst of the checks.")] string State,
    [property: Description("When it was asked.")] DateTimeOffset? CheckedAt,
    [property: Description("What is wrong.")] string? Message,
    [property: Description("The checks one by one.")] IReadOnlyList<CheckView> Checks);
