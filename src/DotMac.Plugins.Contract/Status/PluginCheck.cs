namespace DotMac.Plugins.Contract.Status;

/// <summary>The last result of one check of a plugin.</summary>
/// <param name="Name">The check's name, such as <c>credentials</c>.</param>
/// <param name="State">What it found.</param>
/// <param name="Message">Why, for a person; empty when healthy. Never holds a secret.</param>
public sealed record PluginCheck(string? Name = null, HealthState State = HealthState.Unknown, string? Message = null);
