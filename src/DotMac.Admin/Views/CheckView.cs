using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>One thing that a plugin checks about itself.</summary>
public sealed record CheckView(
    [property: Description("What is checked; credentials, for example.")] string Name,
    [property: Description("healthy, degraded, unhealthy or unknown.")] string State,
    [property: Description("What is wrong and what to do.")] string? Message);
