namespace DotMac.Plugins.HubSpot.Api;

/// <summary>What kind of association.</summary>
internal sealed record HubSpotAssociationSpec(string? AssociationCategory, int? AssociationTypeId);
