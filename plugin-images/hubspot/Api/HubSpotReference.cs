namespace DotMac.Plugins.HubSpot.Api;

/// <summary>An object, by id.</summary>
internal sealed record HubSpotReference(string? Id);
