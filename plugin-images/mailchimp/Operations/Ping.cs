namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>Mailchimp's word for being well.</summary>
/// <param name="HealthStatus">The word.</param>
public sealed record Ping(string? HealthStatus);
