namespace DotMac.Plugins.HubSpot.Api;

/// <summary>The next page.</summary>
internal sealed record HubSpotNext(string? After);
