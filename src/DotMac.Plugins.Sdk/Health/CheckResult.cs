using DotMac.Plugins.Contract.Status;

namespace DotMac.Plugins.Sdk.Health;

/// <summary>What a check found.</summary>
/// <param name="State">The state.</param>
/// <param name="Message">Why, for a person. Holds no secret.</param>
public sealed record CheckResult(HealthState State, string Message)
{
    /// <summary>All well.</summary>
    public static CheckResult Healthy { get; } = new(HealthState.Healthy, "");

    /// <summary>Works in part, or may be a passing trouble.</summary>
    /// <param name="message">Why.</param>
    /// <returns>The result.</returns>
    public static CheckResult Degraded(string message) => new(HealthState.Degraded, message);

    /// <summary>Does not work until somebody does something.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <returns>The result.</returns>
    public static CheckResult Unhealthy(string message) => new(HealthState.Unhealthy, message);
}
