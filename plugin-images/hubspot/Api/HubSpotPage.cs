namespace DotMac.Plugins.HubSpot.Api;

/// <summary>A page of objects.</summary>
internal sealed record HubSpotPage(long Total, IReadOnlyList<HubSpotObject>? Results, HubSpotPaging? Paging);
