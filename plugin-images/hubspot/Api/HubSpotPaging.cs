namespace DotMac.Plugins.HubSpot.Api;

/// <summary>Where a list goes on.</summary>
internal sealed record HubSpotPaging(HubSpotNext? Next);
