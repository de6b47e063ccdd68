namespace DotMac.Plugins.HubSpot.Api;

/// <summary>The answer to a default association.</summary>
internal sealed record HubSpotAssociations(IReadOnlyList<HubSpotAssociation>? Results);
