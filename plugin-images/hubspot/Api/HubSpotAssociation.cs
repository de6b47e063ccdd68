namespace DotMac.Plugins.HubSpot.Api;

/// <summary>An association in HubSpot's answers.</summary>
internal sealed record HubSpotAssociation(HubSpotReference? From, HubSpotReference? To, HubSpotAssociationSpec? AssociationSpec);
