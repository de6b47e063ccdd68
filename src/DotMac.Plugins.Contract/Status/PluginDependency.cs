namespace DotMac.Plugins.Contract.Status;

/// <summary>A service that a plugin calls, as its calls have found it.</summary>
/// <param name="Name">Its name, such as <c>twilio</c>.</param>
/// <param name="State">Healthy while it answers; Degraded when its last calls failed or it is left alone for a while (an open circuit breaker).</param>
/// <param name="Message">Why, for a person; empty when healthy. Never holds a secret.</param>
/// <param name="Calls">Requests sent to it since the process started, repetitions included.</param>
/// <param name="Errors">Those of <paramref name="Calls"/> that it failed: no answer, a broken one, a server error or a rate limit.</param>
public sealed record PluginDependency(
    string? Name = null, HealthState State = HealthState.Unknown, string? Message = null, long Calls = 0, long Errors = 0);
